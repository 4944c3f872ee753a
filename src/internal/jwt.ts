import * as Either from "effect/Either"
import * as Encoding from "effect/Encoding"

/** How long a JWT says it lives, in milliseconds; undefined where it cannot be read. Nothing is verified: the server does that. */
export const lifetimeMillis = (token: string): number | undefined => {
  const payload = Encoding.decodeBase64UrlString(token.split(".")[1] ?? "")
  if (Either.isLeft(payload)) return undefined
  try {
    const claims: any = JSON.parse(payload.right)
    const seconds = claims?.exp - claims?.iat
    return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : undefined
  } catch {
    return undefined
  }
}
