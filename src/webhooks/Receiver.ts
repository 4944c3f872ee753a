/**
 * Receives the notifications of the legacy API.
 *
 * Welkin says which collections have changed and says so again, together with what has changed since, until it gets a 200. So a
 * notification counts as received once the application has put it where it cannot be lost, and not before; and the application has
 * to bear the same one twice.
 *
 * The token in the `Authorization` header is verified before a byte of the body is read: HS256 and nothing else, compared in constant
 * time, with the issuer, the audience and the scope `welkin`, and neither expired for a minute nor valid for more than two hours. It says
 * who sends and not what: Welkin's tokens do not cover the body. So serve the receiver through TLS only. What somebody with a stolen
 * token can do until it expires is to have collections of your list read once more.
 *
 * @since 0.1.0
 */
import type * as HttpApp from "@effect/platform/HttpApp"
import * as HttpServerRequest from "@effect/platform/HttpServerRequest"
import * as HttpServerResponse from "@effect/platform/HttpServerResponse"
import * as Arr from "effect/Array"
import * as Cause from "effect/Cause"
import type * as ConfigError from "effect/ConfigError"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Option from "effect/Option"
import type * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import type * as Scope from "effect/Scope"
import * as Reading from "../internal/reading.js"
import * as Timestamp from "../v1/Timestamp.js"
import * as Answers from "./internal/answers.js"
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

/** Welkin counts nothing else as received. */
const received = HttpServerResponse.empty({ status: 200 })

const most = 1024 * 1024

/** Node keeps one of several `Authorization` headers and drops the others; what has arrived stands in `rawHeaders`. */
const bearerOf = ({ headers, source }: HttpServerRequest.HttpServerRequest): string | undefined => {
  const raw: unknown = (source as { readonly rawHeaders?: unknown }).rawHeaders
  const isRepeated =
    Array.isArray(raw) && raw.filter((name, at) => at % 2 === 0 && String(name).toLowerCase() === "authorization").length > 1
  return isRepeated ? undefined : /^Bearer (.+)$/i.exec(headers.authorization ?? "")?.[1]
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
 * impossible window. It does not hold up the good ones beside it: refusing the list would bring the same one back, and grown, until
 * Welkin gives up on all of it after a day. Nor is it lost in silence: a warning counts it, and `receive` is called for it even where
 * no good one is left, and can fail over it. An empty list is received without a call.
 *
 * @example
 * ```ts
 * import * as HttpRouter from "@effect/platform/HttpRouter"
 * import * as Effect from "effect/Effect"
 * import * as Redacted from "effect/Redacted"
 * import { type Notifications, Receiver } from "effect-welkin/webhooks"
 *
 * interface Inbox {
 *   readonly append: (notifications: ReadonlyArray<Notifications.Notification>) => Effect.Effect<void, Error>
 * }
 *
 * const routes = (inbox: Inbox) =>
 *   Receiver.make(
 *     { secrets: [Redacted.make("…")], issuer: "our-client-id", audience: "https://hooks.clinic.example/welkin" },
 *     inbox.append
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
          Effect.zipRight(Effect.fail("Unaccepted" as const))
        )
      )
    )
  })

  const app = Effect.gen(function* () {
    const request = yield* HttpServerRequest.HttpServerRequest
    if (request.method !== "POST") return yield* Effect.fail("NotPost" as const)
    yield* Token.verify(options, bearerOf(request))
    const text = yield* Body.text(request, most, options.bodyTimeout)
    const list = yield* Effect.mapError(decode({ contentType: "", text }), () => "Malformed" as const)
    const latest = Timestamp.fromMicros(Timestamp.toMicros(yield* Timestamp.now) + aDay)
    const [refused, notifications] = Arr.separate(list.map(judge(resources, latest)))
    yield* accept(notifications, refused)
    return received
  }).pipe(
    Effect.catchAll((refusal) => Effect.succeed(Answers.refuse(refusal))),
    // a server runs its apps uninterruptibly: no limit of time would hold, and nothing would end when it shuts down
    Effect.interruptible
  )

  return Effect.as(Token.checked(options), app)
}
