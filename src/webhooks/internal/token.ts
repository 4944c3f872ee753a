import type * as Arr from "effect/Array"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { errors, type JWTPayload, jwtVerify } from "jose"

/** Whom a token has to come from, and for whom it has to be. */
export interface Expected {
  readonly secrets: Arr.NonEmptyReadonlyArray<Redacted.Redacted>
  readonly issuer: string
  readonly audience: string
}

/** What tokens of notifications are for. */
export const scopeOfNotifications = "welkin"

const tolerance = 60

/** Welkin's tokens live about an hour. One that lives for years was not made for a notification. */
const longestLife = 2 * 3600

const shape = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i

/** Names what is wrong, and quotes nothing of the token. */
const reasonOf = (error: unknown): string => {
  if (error instanceof errors.JWTClaimValidationFailed || error instanceof errors.JWTExpired) return error.claim
  return error instanceof errors.JOSEError ? error.code : "key"
}

/**
 * Verifies what an `Authorization` header carries, or says what is wrong with it. HS256 is the only algorithm, whatever the token says
 * of itself, and its signature covers the bytes of the token as they came. WebCrypto compares it in constant time.
 */
export const verify = ({ audience, issuer, secrets }: Expected, header: string | undefined, now: number): Effect.Effect<void, string> => {
  const token = shape.exec(header ?? "")?.[1]
  if (token === undefined) return Effect.fail("header")
  const signedWith = (secret: Redacted.Redacted): Effect.Effect<JWTPayload, string> =>
    Effect.tryPromise({
      try: () =>
        jwtVerify(token, new TextEncoder().encode(Redacted.value(secret)), {
          algorithms: ["HS256"],
          issuer,
          audience,
          requiredClaims: ["exp", "scope"],
          clockTolerance: tolerance,
          currentDate: new Date(now)
        }),
      catch: reasonOf
    }).pipe(Effect.map(({ payload }) => payload))
  return Effect.flatMap(Effect.firstSuccessOf(secrets.map(signedWith)), ({ exp, scope }) => {
    if (exp! > now / 1000 + longestLife) return Effect.fail("exp")
    return scope === scopeOfNotifications ? Effect.void : Effect.fail("scope")
  })
}
