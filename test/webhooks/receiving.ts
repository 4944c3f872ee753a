/** A receiver, and requests to it that are as they should be but for what a test changes. */
import * as HttpApp from "@effect/platform/HttpApp"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import type * as Scope from "effect/Scope"
import { type JWTPayload, SignJWT } from "jose"
import type { Notification, Refused } from "../../src/webhooks/Notifications.js"
import * as Receiver from "../../src/webhooks/Receiver.js"

export const secret = "CANARY-secret-of-the-receiver"
export const address = "https://hooks.clinic.example/welkin"
export const options: Receiver.Options = { secrets: [Redacted.make(secret)], issuer: "CANARY-issuer", audience: address }

/** When the tests happen. */
export const now = Date.UTC(2021, 2, 1, 9, 17)
const seconds = now / 1000

export const claims: JWTPayload = { iss: options.issuer, aud: address, exp: seconds + 3600, scope: "welkin" }

/** A token of these claims; `undefined` leaves one out. */
export const token = (changed: JWTPayload = {}, { alg = "HS256", key = secret } = {}): Promise<string> =>
  new SignJWT({ ...claims, ...changed }).setProtectedHeader({ alg }).sign(new TextEncoder().encode(key))

/** Seconds from the time of the tests. */
export const inSeconds = (count: number): number => seconds + count

export const ping = [
  {
    resource: "calendar_events",
    from: "2021-03-01T09:15:22.104233",
    to: "2021-03-01T09:16:01.550871",
    href: "https://elsewhere.example/CANARY-href"
  }
]

export const decoded: ReadonlyArray<Notification> = [
  { resource: "calendar_events", from: "2021-03-01T09:15:22.104233Z" as any, to: "2021-03-01T09:16:01.550871Z" as any }
]

export interface Sent {
  readonly method?: string
  readonly authorization?: string | undefined
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: BodyInit | null
}

export const request = ({ authorization, body = JSON.stringify(ping), headers = {}, method = "POST" }: Sent): Request =>
  new Request(address, {
    method,
    headers: { "content-type": "application/json", ...(authorization === undefined ? {} : { authorization }), ...headers },
    ...(method === "GET" || method === "HEAD" ? {} : { body }),
    duplex: "half"
  } as RequestInit)

export interface Answer {
  readonly status: number
  readonly text: string
  readonly headers: Headers
}

type Receive<E> = (notifications: ReadonlyArray<Notification>, refused: ReadonlyArray<Refused>) => Effect.Effect<unknown, E>

/** Runs an app the way a server does, on the clock and with the loggers of the test. */
export const through = (app: HttpApp.Default<never, Scope.Scope>, request: Request): Effect.Effect<Answer> =>
  Effect.flatMap(Effect.runtime<never>(), (runtime) =>
    Effect.promise(async () => {
      const response = await HttpApp.toWebHandlerRuntime(runtime)(app)(request)
      return { status: response.status, text: await response.text(), headers: response.headers }
    })
  )

/** A receiver that keeps what it was handed, and how to send to it. */
export const receiver = <E = never>(changed: Partial<Receiver.Options> = {}, receive: Receive<E> = () => Effect.void) => {
  const handed: Array<{ readonly notifications: ReadonlyArray<Notification>; readonly refused: ReadonlyArray<Refused> }> = []
  const app = Effect.orDie(
    Receiver.make({ ...options, ...changed }, (notifications, refused) => {
      handed.push({ notifications, refused })
      return receive(notifications, refused)
    })
  )
  return {
    handed,
    send: (sent: Sent): Effect.Effect<Answer> => Effect.flatMap(app, (one) => through(one, request(sent))),
    /** With a token that is as it should be. */
    post: (body: BodyInit | null, headers: Readonly<Record<string, string>> = {}): Effect.Effect<Answer> =>
      Effect.flatMap(
        Effect.promise(() => token()),
        (valid) => Effect.flatMap(app, (one) => through(one, request({ authorization: `Bearer ${valid}`, body, headers })))
      )
  }
}

/** A body that counts how much of it was asked for. */
export const counted = (piece: Uint8Array<ArrayBuffer>, pieces: number) => {
  let asked = 0
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (asked++ < pieces) controller.enqueue(piece)
        else controller.close()
      }
    },
    { highWaterMark: 0 }
  )
  return { body, asked: () => asked }
}
