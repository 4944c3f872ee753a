/**
 * Authentication: the token that every other call carries. `LegacyClient.layer` asks for it, renews it and drops it when it is
 * refused; nobody needs to call this.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import * as Codecs from "../Codecs.js"
import * as Endpoint from "./endpoint.js"

/**
 * @since 0.1.0
 * @category models
 */
export const TokenRequest = Codecs.closed<TokenRequest>()({
  /** A JWT signed with the client's secret. */
  assertion: Schema.Redacted(Schema.String),
  grant_type: Schema.Literal("urn:ietf:params:oauth:grant-type:jwt-bearer")
})
/**
 * @since 0.1.0
 * @category models
 */
export interface TokenRequest extends Schema.Struct.Type<(typeof TokenRequest)["fields"]> {}

/**
 * The token. Nothing but `access_token` is known for certain.
 *
 * @since 0.1.0
 * @category models
 */
export const TokenResponse = Codecs.open<TokenResponse>()({
  access_token: Schema.Redacted(Schema.String),
  /** Seconds; an hour where it is missing. */
  expires_in: Codecs.optional(Codecs.lenient(Schema.Positive))
})
/**
 * @since 0.1.0
 * @category models
 */
export interface TokenResponse extends Schema.Struct.Type<(typeof TokenResponse)["fields"]> {}

/**
 * Trades a signed assertion for an access token of one hour. A wrong client id or secret shows as 400 or 401. Switching a client off
 * does not end the tokens it has been given.
 *
 * Documented since 2018.
 *
 * @since 0.1.0
 * @category endpoints
 */
export const exchange = Endpoint.post("authentication.exchange", "/v1/token", {
  body: TokenRequest,
  bodyType: "form",
  success: TokenResponse,
  safe: true,
  auth: false
})
