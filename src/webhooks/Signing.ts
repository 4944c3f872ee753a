/**
 * Plays Welkin: the tokens that its notifications carry, for tests of a receiver and for simulators.
 *
 * @since 0.1.0
 */
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { SignJWT } from "jose"
import { scopeOfNotifications } from "./internal/token.js"

/**
 * @since 0.1.0
 * @category models
 */
export interface Options {
  /** What Welkin was given to sign with. An empty one is a defect. */
  readonly secret: Redacted.Redacted
  /** The client id that Welkin was given. */
  readonly issuer: string
  /** Whom the token is meant for: the receiver's address, unless something else was agreed on. */
  readonly audience: string
  /** `welkin`, unless this says otherwise. */
  readonly scope?: string | undefined
  /** How long the token lives. An hour, unless this says otherwise. */
  readonly lifetime?: Duration.DurationInput | undefined
}

/**
 * Signs a token as Welkin does: HS256, with `iss`, `aud`, `exp` and `scope`, by the clock of the program.
 *
 * @example
 * ```ts
 * import * as HttpClientRequest from "@effect/platform/HttpClientRequest"
 * import * as Effect from "effect/Effect"
 * import * as Redacted from "effect/Redacted"
 * import { Signing } from "effect-welkin/webhooks"
 *
 * const address = "https://hooks.clinic.example/welkin"
 *
 * const signed = Signing.sign({ secret: Redacted.make("…"), issuer: "our-client-id", audience: address }).pipe(
 *   Effect.map((token) => HttpClientRequest.post(address).pipe(HttpClientRequest.bearerToken(token)))
 * )
 * ```
 *
 * @since 0.1.0
 * @category constructors
 */
export const sign = ({
  audience,
  issuer,
  lifetime = "1 hour",
  scope = scopeOfNotifications,
  secret
}: Options): Effect.Effect<Redacted.Redacted> =>
  Effect.flatMap(Clock.currentTimeMillis, (now) =>
    Effect.promise(() =>
      new SignJWT({ scope })
        .setProtectedHeader({ alg: "HS256", typ: "JWT" })
        .setIssuer(issuer)
        .setAudience(audience)
        .setExpirationTime(Math.floor((now + Duration.toMillis(lifetime)) / 1000))
        .sign(new TextEncoder().encode(Redacted.value(secret)))
    )
  ).pipe(Effect.map(Redacted.make))
