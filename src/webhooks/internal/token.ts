import type * as Arr from "effect/Array"
import * as Clock from "effect/Clock"
import * as ConfigError from "effect/ConfigError"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Redacted from "effect/Redacted"
import { errors, type JWTPayload, jwtVerify } from "jose"

/** Whom a token has to come from, and for whom it has to be. */
interface Expected {
  readonly secrets: Arr.NonEmptyReadonlyArray<Redacted.Redacted>
  readonly issuer: string
  readonly audience: string
}

/** What tokens of notifications are for. */
export const scopeOfNotifications = "welkin"

const tolerance = 60

/** Welkin's tokens live about an hour. One that lives for years was not made for a notification. */
const longestLife = 2 * 3600

const shape = /^[\w-]+\.[\w-]+\.[\w-]+$/

/** Names what is wrong, and quotes nothing of the token. */
const reasonOf = (error: unknown): string => {
  if (error instanceof errors.JWTClaimValidationFailed || error instanceof errors.JWTExpired) return error.claim
  return error instanceof errors.JOSEError ? error.code : "key"
}

/** The options without which everybody could send. Errors name them and never their values. */
export const checked = (options: Expected): Either.Either<void, ConfigError.ConfigError> => {
  const missing =
    options.secrets.length === 0 || options.secrets.some((secret) => Redacted.value(secret) === "")
      ? "secrets"
      : (["issuer", "audience"] as const).find((name) => options[name] === "")
  return missing === undefined ? Either.void : Either.left(ConfigError.InvalidData([missing], "must not be empty"))
}

/**
 * Verifies a token, or tells the log what is wrong with it. HS256 is the only algorithm, whatever the token says of itself, and its
 * signature covers the bytes of the token as they came. WebCrypto compares it in constant time.
 */
export const verify: (expected: Expected, token: string | undefined) => Effect.Effect<void, "Unauthorized"> = Effect.fnUntraced(
  function* ({ audience, issuer, secrets }, token) {
    if (token === undefined || !shape.test(token)) return yield* Effect.fail("form")
    const now = yield* Clock.currentTimeMillis
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
    const { exp, scope } = yield* Effect.firstSuccessOf(secrets.map(signedWith))
    if (exp! > now / 1000 + longestLife) return yield* Effect.fail("exp")
    if (scope !== scopeOfNotifications) return yield* Effect.fail("scope")
  },
  Effect.tapError((reason) => Effect.annotateLogs(Effect.logDebug("A token was refused"), { reason })),
  Effect.mapError(() => "Unauthorized" as const)
)
