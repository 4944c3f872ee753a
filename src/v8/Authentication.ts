/**
 * Authentication: the token that every other call carries. `WelkinClient.layer` asks for it, renews it and drops it when it is
 * refused; nobody needs to call this.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Codecs from "../Codecs.js"
import * as Endpoint from "./endpoint.js"

/**
 * The secret of an API client.
 *
 * @since 0.1.0
 * @category models
 */
export const TokenRequest = Schema.Struct({
  /** Shown once in Admin when the API client is created. */
  secret: Schema.Redacted(Schema.String)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface TokenRequest extends Schema.Struct.Type<(typeof TokenRequest)["fields"]> {}

/**
 * The token of an API client. Its lifetime, an hour, stands only inside the JWT.
 *
 * @since 0.1.0
 * @category models
 */
export const TokenResponse = Codecs.open<TokenResponse>()({
  token: Schema.Redacted(Schema.String),
  /** Documented, never recorded. */
  clientName: Codecs.optional(Schema.String),
  /** Documented, never recorded; absent means true. */
  enabled: Codecs.optional(Schema.Boolean)
})
/**
 * @since 0.1.0
 * @category models
 */
export interface TokenResponse extends Schema.Struct.Type<(typeof TokenResponse)["fields"]> {}

/**
 * Trades the secret of an API client for a bearer token of one hour, good for every instance of the tenant. Asking twice changes
 * nothing, but more than a hundred times in five minutes blocks the client for five. A wrong secret or an unknown client shows as
 * 400, 401, 403 or 404. Recorded.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const exchange = Endpoint.post("authentication.exchange", "/{tenant}/admin/api_clients/{apiClientName}", {
  path: { apiClientName: Schema.NonEmptyString },
  body: TokenRequest,
  success: TokenResponse,
  safe: true,
  auth: false
})
