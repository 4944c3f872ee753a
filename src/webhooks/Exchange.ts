/**
 * The other way that Welkin can prove itself: it trades a signed assertion for a token at an endpoint of yours, and sends its
 * notifications with that. Needed only where Welkin was told so; otherwise it signs the token of each notification itself.
 *
 * @since 0.1.0
 */
import type * as HttpApp from "@effect/platform/HttpApp"
import * as HttpServerRequest from "@effect/platform/HttpServerRequest"
import * as HttpServerResponse from "@effect/platform/HttpServerResponse"
import type * as ConfigError from "effect/ConfigError"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import type * as Scope from "effect/Scope"
import * as Reading from "../internal/reading.js"
import * as Answers from "./internal/answers.js"
import * as Body from "./internal/body.js"
import * as Token from "./internal/token.js"
import type * as Receiver from "./Receiver.js"
import * as Signing from "./Signing.js"

/**
 * @since 0.1.0
 * @category models
 */
export interface Options extends Omit<Receiver.Options, "resources"> {
  /** Whom the assertions are meant for: the address of this endpoint. */
  readonly audience: string
  /** The `audience` of the receiver that takes the tokens. It needs the same secrets and the same issuer. */
  readonly receiver: string
}

const most = 16 * 1024

const decode = Reading.value(
  Schema.Struct({ assertion: Schema.String, grant_type: Schema.Literal("urn:ietf:params:oauth:grant-type:jwt-bearer") })
)

/** A form as JSON, if it names nothing twice. */
const jsonOf = (form: string): string => {
  const pairs = [...new URLSearchParams(form)]
  return new Set(pairs.map(([name]) => name)).size === pairs.length ? JSON.stringify(Object.fromEntries(pairs)) : ""
}

/**
 * An `HttpApp` that trades a valid assertion for a token, and keeps nothing: the token is signed with the first of the secrets and lives
 * for an hour. Welkin's documents show a form as well as JSON, so it takes both. Everything else is answered as by a receiver, with a
 * constant text.
 *
 * @example
 * ```ts
 * import * as Redacted from "effect/Redacted"
 * import { Exchange } from "effect-welkin/webhooks"
 *
 * const tokens = Exchange.make({
 *   secrets: [Redacted.make("…")],
 *   issuer: "our-client-id",
 *   audience: "https://hooks.clinic.example/token",
 *   receiver: "https://hooks.clinic.example/welkin"
 * })
 * ```
 *
 * @since 0.1.0
 * @category constructors
 */
export const make = (options: Options): Effect.Effect<HttpApp.Default<never, Scope.Scope>, ConfigError.ConfigError> => {
  const { issuer, receiver, secrets } = options
  const app = Effect.gen(function* () {
    const request = yield* HttpServerRequest.HttpServerRequest
    if (request.method !== "POST") return yield* Effect.fail("NotPost" as const)
    const text = yield* Body.text(request, most, options.bodyTimeout)
    const isJson = (request.headers["content-type"] ?? "").toLowerCase().includes("json")
    const asked = decode({ contentType: "", text: isJson || text === undefined ? text : jsonOf(text) })
    const { assertion } = yield* Effect.mapError(asked, () => "Malformed" as const)
    yield* Token.verify(options, assertion)
    const token = yield* Signing.sign({ secret: secrets[0], issuer, audience: receiver })
    return HttpServerResponse.unsafeJson({ access_token: Redacted.value(token) }, { headers: { "cache-control": "no-store" } })
  }).pipe(
    Effect.catchAll((refusal) => Effect.succeed(Answers.refuse(refusal))),
    Effect.interruptible
  )
  return Effect.as(Token.checked(options), app)
}
