/**
 * Receives what Welkin sends of its own accord: the notifications of the legacy API.
 *
 * @since 0.1.0
 */
export * as Signing from "./Signing.js"
