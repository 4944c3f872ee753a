/**
 * Receives the notifications of the legacy API.
 *
 * Welkin says which collections have changed and says so again, together with what has changed since, until it gets a 200. So a
 * notification counts as received once the application has put it where it cannot be lost, and not before; and the application has
 * to bear the same one twice.
 *
 * The token in the `Authorization` header is verified before a byte of the body is read. It says who sends and not what: Welkin's tokens
 * do not cover the body. Serve the receiver through TLS only. What somebody with a stolen token can do until it expires is to have
 * collections of your list read once more.
 *
 * @since 0.1.0
 */
import type * as HttpApp from "@effect/platform/HttpApp"
import * as HttpServerRequest from "@effect/platform/HttpServerRequest"
import * as HttpServerResponse from "@effect/platform/HttpServerResponse"
import * as Arr from "effect/Array"
import * as Cause from "effect/Cause"
import * as Clock from "effect/Clock"
import * as ConfigError from "effect/ConfigError"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import type * as Scope from "effect/Scope"
import * as Reading from "../internal/reading.js"
import * as Timestamp from "../v1/Timestamp.js"
import * as Body from "./internal/body.js"
import * as Token from "./internal/token.js"
import { Notification, type Refused, Resource } from "./Notifications.js"

/**
 * @since 0.1.0
 * @category models
 */
export interface Options {
  /** What Welkin was given to sign with; while it changes, the old and the new one. */
  readonly secrets: Arr.NonEmptyReadonlyArray<Redacted.Redacted>
  /** The client id that Welkin was given. */
  readonly issuer: string
  /** Whom the tokens are meant for: the receiver's own address, unless something else was agreed on. */
  readonly audience: string
  /** The collections to be notified of. Those that this SDK can read, unless this says otherwise. */
  readonly resources?: ReadonlyArray<Resource> | undefined
  /** How long a body may take to arrive. 30 seconds, unless this says otherwise. */
  readonly bodyTimeout?: Duration.DurationInput | undefined
}

const checked = (options: Options): Either.Either<void, ConfigError.ConfigError> => {
  const missing =
    options.secrets.length === 0 || options.secrets.some((secret) => Redacted.value(secret) === "")
      ? "secrets"
      : (["issuer", "audience"] as const).find((name) => options[name] === "")
  return missing === undefined ? Either.void : Either.left(ConfigError.InvalidData([missing], "must not be empty"))
}

// ------------------------------------------------------------------------------------------------------------------- answers

const refusals = {
  NotPost: [405, "Notifications come by POST.", { allow: "POST" }],
  Unauthorized: [401, "The token is not valid here.", { "www-authenticate": "Bearer" }],
  TooLarge: [413, "The body is too large.", {}],
  TooSlow: [408, "The body did not arrive in time.", {}],
  Malformed: [400, "The body is no list of notifications.", {}],
  Unaccepted: [503, "The notifications were not accepted. Send them again.", {}]
} as const

type Refusal = keyof typeof refusals

/** The same text for everybody. The rest of the body is not waited for. */
const refuse = (refusal: Refusal): HttpServerResponse.HttpServerResponse => {
  const [status, text, headers] = refusals[refusal]
  return HttpServerResponse.text(text, { status, headers: { ...headers, connection: "close" } })
}

/** Welkin counts nothing else as received. */
const received = HttpServerResponse.empty({ status: 200 })

// ------------------------------------------------------------------------------------------------------------------ receiving

const most = 1024 * 1024

/** Node keeps one of several `Authorization` headers and drops the others; what has arrived stands in `rawHeaders`. */
const authorizationOf = ({ headers, source }: HttpServerRequest.HttpServerRequest): string | undefined => {
  const raw: unknown = (source as { readonly rawHeaders?: unknown }).rawHeaders
  const isRepeated =
    Array.isArray(raw) && raw.filter((name, at) => at % 2 === 0 && String(name).toLowerCase() === "authorization").length > 1
  return isRepeated ? undefined : headers.authorization
}

const decode = Reading.value(Schema.Array(Notification))

const earliest = Option.getOrThrow(Timestamp.fromText("2000-01-01T00:00:00Z"))
const aDay = 86_400_000_000n

const judge =
  (resources: ReadonlySet<string>, latest: Timestamp.Timestamp) =>
  (notification: Notification): Either.Either<Notification, Refused> => {
    const { from, resource, to } = notification
    if (!resources.has(resource)) return Either.left({ reason: "Resource", notification })
    return earliest <= from && from <= to && to <= latest ? Either.right(notification) : Either.left({ reason: "Window", notification })
  }

/**
 * An `HttpApp` that takes notifications and hands them to `receive`. It answers 200 once that has succeeded, and 503 where it fails,
 * dies or is interrupted: Welkin then sends them again. `receive` has to make them durable and to return soon, since Welkin waits for
 * half a minute; read the changes afterwards. What it fails with goes no further: look at it in there, with `Effect.tapErrorCause`.
 *
 * Everything else is answered with a constant text, and nothing of it is handed on: 405 where it is no POST, 401 where there is not
 * exactly one valid token, 413 above 1 MiB, 408 where the body takes too long, 400 where it is no list of notifications.
 *
 * A notification that can be read and should not be acted on stands in `refused`: of a collection that is not on the list, or with an
 * impossible window. It does not hold up the good ones beside it, since sending it again would not mend it and Welkin sends nothing new
 * alone while it has something old. No sender's mistake is lost that way either: it is counted in a warning, and `receive`
 * can fail over it. An empty list is received without a call.
 *
 * @example
 * ```ts
 * import * as HttpRouter from "@effect/platform/HttpRouter"
 * import * as Effect from "effect/Effect"
 * import * as Queue from "effect/Queue"
 * import * as Redacted from "effect/Redacted"
 * import { type Notifications, Receiver } from "effect-welkin/webhooks"
 *
 * const routes = (durable: Queue.Enqueue<Notifications.Notification>) =>
 *   Receiver.make(
 *     { secrets: [Redacted.make("…")], issuer: "our-client-id", audience: "https://hooks.clinic.example/welkin" },
 *     (notifications) => Queue.offerAll(durable, notifications)
 *   ).pipe(Effect.map((receiver) => HttpRouter.empty.pipe(HttpRouter.all("/welkin", receiver))))
 * ```
 *
 * @since 0.1.0
 * @category constructors
 */
export const make = <E, R>(
  options: Options,
  receive: (notifications: ReadonlyArray<Notification>, refused: ReadonlyArray<Refused>) => Effect.Effect<unknown, E, R>
): Effect.Effect<HttpApp.Default<never, R | Scope.Scope>, ConfigError.ConfigError> => {
  const resources = new Set<string>(options.resources ?? Resource.known)
  const limit = options.bodyTimeout ?? "30 seconds"

  const authorized = Effect.fnUntraced(function* (request: HttpServerRequest.HttpServerRequest) {
    const now = yield* Clock.currentTimeMillis
    yield* Token.verify(options, authorizationOf(request), now).pipe(
      Effect.tapError((reason) => Effect.annotateLogs(Effect.logDebug("A notification had no valid token"), { reason })),
      Effect.mapError((): Refusal => "Unauthorized")
    )
  })

  const accept = Effect.fnUntraced(function* (notifications: ReadonlyArray<Notification>, refused: ReadonlyArray<Refused>) {
    if (refused.length > 0) {
      const [unlisted, windows] = Arr.partition(refused, ({ reason }) => reason === "Window")
      const counts = { resource: unlisted.length, window: windows.length, good: notifications.length }
      yield* Effect.annotateLogs(Effect.logWarning("Some notifications were refused"), counts)
    }
    if (notifications.length + refused.length === 0) return
    yield* Effect.suspend(() => receive(notifications, refused)).pipe(
      // the application's error may hold anything
      Effect.catchAllCause((cause) =>
        Effect.logError(`Notifications were not accepted: the application ${Cause.isDie(cause) ? "died" : "failed"}`).pipe(
          Effect.zipRight(Effect.fail<Refusal>("Unaccepted"))
        )
      )
    )
  })

  const app = Effect.gen(function* () {
    const request = yield* HttpServerRequest.HttpServerRequest
    if (request.method !== "POST") return yield* Effect.fail<Refusal>("NotPost")
    yield* authorized(request)
    const bytes = yield* Body.read(request, most).pipe(Effect.timeoutFail({ duration: limit, onTimeout: (): Refusal => "TooSlow" }))
    const list = yield* Effect.mapError(decode({ contentType: "", text: Body.textOf(bytes) }), (): Refusal => "Malformed")
    const latest = Timestamp.fromMicros(Timestamp.toMicros(yield* Timestamp.now) + aDay)
    const [refused, notifications] = Arr.separate(list.map(judge(resources, latest)))
    yield* accept(notifications, refused)
    return received
  }).pipe(
    Effect.catchAll((refusal) => Effect.succeed(refuse(refusal))),
    // a server runs its apps uninterruptibly: no limit of time would hold, and nothing would end when it shuts down
    Effect.interruptible
  )

  return Effect.as(checked(options), app)
}
