/*
 * Access tokens of v1: traded for an assertion that the client signed, good for an hour on the service's clock. They are opaque to
 * everybody but the simulator.
 */
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as jose from "jose"
import { baseUrlOf } from "../address.js"
import { base64url, unbase64url } from "../authentication.js"
import type { Request } from "../call.js"
import { hashText, hex, key, mix } from "../random.js"
import * as Reply from "../reply.js"
import type { Setting, World } from "../world.js"
import * as Problem from "./problem.js"
import * as Reading from "./reading.js"

/** The address that the service itself has, and that assertions for it name. */
const documented = "https://api.welkinhealth.com/v1/token"

const grantType = "urn:ietf:params:oauth:grant-type:jwt-bearer"

const grantRequest: Reading.Shape = {
  fields: { assertion: Reading.text, grant_type: Reading.oneOf(grantType) },
  required: ["assertion", "grant_type"]
}

/** What may be done with a token: a list of scopes, with blanks between. */
type Scope = string

/** What the documents name besides `all`. Two collections were gone before scopes came. */
const collections = [
  "assessment_responses",
  "calendar_events",
  "calendars",
  "care_flows",
  "conversations",
  "custom_data_type_records",
  "email_addresses",
  "external_ids",
  "integration_tasks",
  "patients",
  "phone_numbers",
  "workers"
]

/** Every scope there is. */
export const scopes: ReadonlyArray<Scope> = ["all", ...collections.flatMap((name) => [`${name}.read`, `${name}.write`])]

const granted = ({ legacy }: Setting, scope: unknown): Reply.Or<Scope> => {
  const asked = typeof scope === "string" ? scope.split(" ") : []
  const may = (one: string) => scopes.includes(one) && (legacy.scopes.includes("all") || legacy.scopes.includes(one))
  return asked.length > 0 && asked.every(may)
    ? Either.right(asked.join(" "))
    : Problem.refuse("bad_request", "The client cannot have these scopes.", ".assertion.scope")
}

/** A wrong id or secret is a 400, as a client of the service takes it; whatever else is wrong with an assertion is a 401. */
const refusal = (error: unknown): Reply.Or<never> => {
  if (error instanceof jose.errors.JWSInvalid || error instanceof jose.errors.JWTInvalid) {
    return Problem.refuse("parse_exception", "The assertion is no signed JWT.", ".assertion")
  }
  const isUnknown =
    error instanceof jose.errors.JWSSignatureVerificationFailed ||
    (error instanceof jose.errors.JWTClaimValidationFailed && error.claim === "iss")
  return isUnknown
    ? Problem.refuse("bad_request", "There is no such client, or its secret is another.", ".assertion")
    : Problem.refuse("unauthorized", "The assertion is not valid, or no longer.", ".assertion")
}

/** Looks at a request for a token: what it is good for, or why it is refused. */
export const verify: (setting: Setting, request: Request, now: number) => Effect.Effect<Reply.Or<Scope>> = Effect.fnUntraced(
  function* (setting, request, now) {
    const asked = Either.flatMap(Reading.body(request), (body) => Reading.fields(body, grantRequest))
    if (Either.isLeft(asked)) return Either.left(asked.left)
    const claims = yield* Effect.tryPromise({
      try: () =>
        jose.jwtVerify(asked.right.assertion as string, new TextEncoder().encode(setting.legacy.clientSecret), {
          algorithms: ["HS256"],
          issuer: setting.legacy.clientId,
          audience: [`${baseUrlOf(request)}/v1/token`, documented],
          requiredClaims: ["exp"],
          currentDate: new Date(now)
        }),
      catch: refusal
    }).pipe(Effect.either)
    if (Either.isLeft(claims)) return claims.left
    const { exp, scope } = claims.right.payload
    if (!Number.isInteger(exp)) return Problem.refuse("unauthorized", "The assertion ends at no whole second.", ".assertion.exp")
    return granted(setting, scope)
  }
)

const sign = ({ seed }: Setting, text: string): string => {
  const start = mix(key(seed, "legacy.token"), hashText(text))
  return Array.from({ length: 4 }, (_, at) => hex(mix(start, at), 8)).join("")
}

interface Token {
  readonly number: number
  readonly expiresAt: number
  readonly scope: Scope
}

/** Gives out a token. The two generations count theirs together. */
export const issue = (world: World, now: number, scope: Scope): readonly [Reply.Reply, World] => {
  const { setting, tokens } = world
  const token: Token = { number: tokens.issued + 1, expiresAt: now + setting.tokenLifetimeSeconds * 1000, scope }
  const text = base64url(JSON.stringify(token))
  return [Reply.json(200, { access_token: `${text}.${sign(setting, text)}` }), { ...world, tokens: { ...tokens, issued: token.number } }]
}

const read = (setting: Setting, authorization: string | undefined): Token | undefined => {
  const parts = /^Bearer ([\w-]+)\.([0-9a-f]{32})$/i.exec(authorization ?? "")
  return parts === null || sign(setting, parts[1]!) !== parts[2] ? undefined : (unbase64url(parts[1]!) as Token)
}

/** Which of the tokens given out this request carries, from 1; undefined where it carries none of v1's. */
export const tokenNumber = (setting: Setting, authorization: string | undefined): number | undefined => read(setting, authorization)?.number

/** Whether somebody may do something. */
export type Rights = (scope: Scope) => boolean

export const everything: Rights = () => true

/** Lets a request in that carries a good token, and says what it may do. */
export const authenticate = ({ setting, tokens }: World, authorization: string | undefined, now: number): Reply.Or<Rights> => {
  const token = read(setting, authorization)
  if (token === undefined || now >= token.expiresAt || token.number <= tokens.revoked) return Reply.refuse(Problem.unauthorized)
  const own = new Set(token.scope.split(" "))
  return Either.right((scope) => own.has("all") || own.has(scope))
}
