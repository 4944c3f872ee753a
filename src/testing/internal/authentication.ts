/*
 * Bearer tokens: given out for the secret, good for an hour on the service's clock, refused afterwards in the recorded words.
 *
 * A token looks like the service's. Its signature is a hash under the seed that nobody but the simulator can check.
 */
import * as Either from "effect/Either"
import { type Call, type Handler, objectBody } from "./call.js"
import * as Ids from "./ids.js"
import { hashText, hex, key, mix } from "./random.js"
import * as Reply from "./reply.js"
import type { Setting, World } from "./world.js"

const window = 5 * 60_000
const allowance = 100

export const base64url = (text: string): string => btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")

export const unbase64url = (text: string): unknown => JSON.parse(atob(text.replaceAll("-", "+").replaceAll("_", "/")))

const sign = ({ seed }: Setting, text: string): string => {
  const start = mix(key(seed, "token.signature"), hashText(text))
  return base64url(Array.from({ length: 8 }, (_, at) => hex(mix(start, at), 8)).join(""))
}

const eventIds = ({ seed }: Setting): Ids.Ids => Ids.make(key(seed, "token.event"))

const token = (setting: Setting, number: number, now: number): string => {
  const issuedAt = Math.floor(now / 1000)
  const claims = {
    sub: setting.apiClientId,
    aud: setting.tenant,
    event_id: eventIds(setting).encode(number, now),
    token_use: "id",
    auth_time: issuedAt,
    iss: "https://identity.welkin.example",
    "custom:type": "API_CLIENT",
    "custom:id": setting.apiClientId,
    "cognito:username": setting.apiClient,
    exp: issuedAt + setting.tokenLifetimeSeconds,
    iat: issuedAt
  }
  const text = `${base64url(JSON.stringify({ kid: "simulated", alg: "RS256" }))}.${base64url(asciiJson(claims))}`
  return `${text}.${sign(setting, text)}`
}

// base64 takes single bytes
const asciiJson = (value: unknown): string => JSON.stringify(value).replace(/[\u0080-\uffff]/g, (one) => `\\u${hex(one.charCodeAt(0), 4)}`)

const unauthorized = (now: number, errorCode: string, message: string): Reply.Reply =>
  Reply.problem(now, { status: 401, errorCode, componentType: "AUTH", message })

/** What the service says to an expired token. */
export const expired = (now: number): Reply.Reply => unauthorized(now, "TOKEN_EXPIRED", "The token has expired.")

/** What the service says to an API client that lacks a right. This one carries no date. */
export const restricted = (setting: Setting, pathname: string): Reply.Reply =>
  Reply.problem(undefined, {
    status: 403,
    errorCode: "ACCESS_FOR_API_CLIENT_RESTRICTED",
    componentType: "AUTH",
    message: "Access is restricted for this API client.",
    details: {
      clientId: setting.apiClientId,
      clientName: setting.apiClient,
      clientType: "API_CLIENT",
      organizationName: setting.tenant,
      requestURI: pathname
    }
  })

/** Which of the tokens given out this request carries, from 1; undefined where it carries none of them. */
export const tokenNumber = (setting: Setting, authorization: string | undefined): number | undefined =>
  readToken(setting, authorization)?.number

const readToken = (setting: Setting, authorization: string | undefined) => {
  const parts = /^Bearer ([\w-]+)\.([\w-]+)\.([\w-]+)$/i.exec(authorization ?? "")
  if (parts === null || sign(setting, `${parts[1]}.${parts[2]}`) !== parts[3]) return undefined
  const claims = unbase64url(parts[2]!) as { readonly event_id: string; readonly exp: number }
  return { number: eventIds(setting).decode(claims.event_id)!, expiresAt: claims.exp * 1000 }
}

/** Lets a request in that carries a good token. */
export const authenticate = ({ setting, tokens }: World, authorization: string | undefined, now: number): Reply.Or<void> => {
  const read = readToken(setting, authorization)
  if (read === undefined) return Reply.refuse(unauthorized(now, "NOT_VALID_JSON_WEB_TOKEN", "The token is not valid."))
  if (now >= read.expiresAt || read.number <= tokens.revoked) return Reply.refuse(expired(now))
  return Either.void
}

/** More than a hundred requests in five minutes block the client for five minutes. */
const admitted = (world: World, now: number): readonly [boolean, World] => {
  const { tokens } = world
  if (now < tokens.blockedUntil) return [false, world]
  const asked = [...tokens.asked.filter((at) => at > now - window), now]
  const blocked = asked.length > allowance
  return [!blocked, { ...world, tokens: { ...tokens, asked, blockedUntil: blocked ? now + window : tokens.blockedUntil } }]
}

const exchange = (call: Call, world: World): Reply.Or<readonly [Reply.Reply, World]> =>
  Either.gen(function* () {
    const { setting, tokens } = world
    const { secret } = yield* objectBody(call)
    if (call.path.apiClientName !== setting.apiClient || secret !== setting.secretKey) {
      return yield* Reply.refuse(
        Reply.objection(call.now, 401, "BAD_CREDENTIALS", "There is no such API client, or its secret is another.")
      )
    }
    const number = tokens.issued + 1
    return [Reply.json(200, { token: token(setting, number, call.now) }), { ...world, tokens: { ...tokens, issued: number } }] as const
  })

/** A blocked or refused request counts as well, hence no refusal here: the next state must be kept. */
const issue: Handler = (call, before) => {
  const [welcome, world] = admitted(before, call.now)
  if (!welcome) {
    const seconds = Math.ceil((world.tokens.blockedUntil - call.now) / 1000)
    const reply = Reply.objection(call.now, 429, "TOO_MANY_TOKEN_REQUESTS", "This API client asked for too many tokens.")
    return Either.right([{ ...reply, headers: { ...reply.headers, "retry-after": String(seconds) } }, world])
  }
  return Either.right(Either.getOrElse(exchange(call, world), (refusal) => [refusal, world] as const))
}

export const handlers = { "authentication.exchange": issue }
