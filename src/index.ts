/**
 * The kernel: the client and its policies, errors, paging and wire types. The endpoints stand in `effect-welkin/v8`.
 *
 * @since 0.1.0
 */
export * as AccessToken from "./AccessToken.js"
export * as Codecs from "./Codecs.js"
export * as Endpoint from "./Endpoint.js"
export * as Limits from "./Limits.js"
export * as Metrics from "./Metrics.js"
export * as Pagination from "./Pagination.js"
export * as RetryPolicy from "./RetryPolicy.js"
export * as WelkinClient from "./WelkinClient.js"
export * as WelkinError from "./WelkinError.js"
