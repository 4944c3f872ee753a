import { createHmac } from "node:crypto"
import { assert, describe, it } from "@effect/vitest"
import * as Cause from "effect/Cause"
import * as Clock from "effect/Clock"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as FastCheck from "effect/FastCheck"
import * as Fiber from "effect/Fiber"
import * as Logger from "effect/Logger"
import * as LogLevel from "effect/LogLevel"
import * as Redacted from "effect/Redacted"
import * as TestClock from "effect/TestClock"
import * as Receiver from "../../src/webhooks/Receiver.js"
import * as Signing from "../../src/webhooks/Signing.js"
import { whileTimePasses } from "../support/clock.js"
import { runs } from "../support/runs.js"
import { type Answer, address, claims, counted, decoded, inSeconds, now, options, ping, receiver, secret, token } from "./receiving.js"

const atNow = <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> => Effect.zipRight(TestClock.setTime(now), effect)

const texts: Readonly<Record<number, string>> = {
  400: "The body is not what is taken here.",
  401: "The token is not valid here.",
  405: "Only POST is taken here.",
  408: "The body did not arrive in time.",
  413: "The body is too large.",
  503: "The notifications were not accepted. Send them again."
}

const isRefused = ({ status, text }: Answer, expected: number): void => {
  assert.strictEqual(status, expected)
  assert.strictEqual(text, texts[expected])
}

const encoded = (value: unknown): string => Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url")
const hmac = (hash: string, text: string): string => createHmac(hash, secret).update(text).digest("base64url")
const madeByHand = (header: unknown, payload: unknown, hash = "sha256"): string => {
  const signed = `${encoded(header)}.${encoded(payload)}`
  return `${signed}.${hmac(hash, signed)}`
}

describe("Receiver: who may send", () => {
  it.effect("Welkin's token is taken, and the list handed on without its addresses", () =>
    Effect.gen(function* () {
      const { handed, send } = receiver()
      const valid = yield* Signing.sign({ secret: Redacted.make(secret), issuer: options.issuer, audience: address })
      const answer = yield* send({ authorization: `Bearer ${Redacted.value(valid)}` })
      assert.deepStrictEqual([answer.status, answer.text], [200, ""])
      assert.deepStrictEqual(handed, [{ notifications: decoded, refused: [] }])
    }).pipe(atNow)
  )

  const without = (name: string) => token({ [name]: undefined })
  const bad: ReadonlyArray<readonly [name: string, authorization: () => Promise<string | undefined>]> = [
    ["no header", async () => undefined],
    ["an empty header", async () => ""],
    ["another scheme", async () => `Basic ${await token()}`],
    ["no scheme", () => token()],
    ["two tokens in one header", async () => `Bearer ${await token()}, Bearer ${await token()}`],
    ["something after the token", async () => `Bearer ${await token()} x`],
    ["no token of three parts", async () => "Bearer opaque"],
    ["alg none, unsigned", async () => `Bearer ${encoded({ alg: "none" })}.${encoded(claims)}.`],
    ["alg none, signed all the same", async () => `Bearer ${madeByHand({ alg: "none" }, claims)}`],
    ["alg NONE", async () => `Bearer ${madeByHand({ alg: "NONE" }, claims)}`],
    ["RS256, with the secret as the key", async () => `Bearer ${madeByHand({ alg: "RS256" }, claims)}`],
    ["HS512 with the secret", async () => `Bearer ${madeByHand({ alg: "HS512" }, claims, "sha512")}`],
    ["no alg", async () => `Bearer ${madeByHand({ typ: "JWT" }, claims)}`],
    ["an extension that must be understood", async () => `Bearer ${madeByHand({ alg: "HS256", crit: ["x"], x: 1 }, claims)}`],
    ["claims that are no object", async () => `Bearer ${madeByHand({ alg: "HS256" }, [claims])}`],
    ["claims that are no JSON", async () => `Bearer ${madeByHand({ alg: "HS256" }, "CANARY{")}`],
    ["another secret", async () => `Bearer ${await token({}, { key: "another-secret" })}`],
    ["another issuer", async () => `Bearer ${await token({ iss: "another" })}`],
    ["another audience", async () => `Bearer ${await token({ aud: `${address}/` })}`],
    ["another scope", async () => `Bearer ${await token({ scope: "all" })}`],
    ["a wider scope", async () => `Bearer ${await token({ scope: "welkin all" })}`],
    ["a list for a scope", async () => `Bearer ${await token({ scope: ["welkin"] })}`],
    ["no issuer", async () => `Bearer ${await without("iss")}`],
    ["no audience", async () => `Bearer ${await without("aud")}`],
    ["no scope", async () => `Bearer ${await without("scope")}`],
    ["no expiry", async () => `Bearer ${await without("exp")}`],
    ["an expiry in words", async () => `Bearer ${await token({ exp: String(inSeconds(60)) as any })}`],
    ["expired for 61 s", async () => `Bearer ${await token({ exp: inSeconds(-61) })}`],
    ["expires in ten years", async () => `Bearer ${await token({ exp: inSeconds(315_360_000) })}`],
    [
      "expires after the end of time",
      async () => `Bearer ${madeByHand({ alg: "HS256" }, JSON.stringify(claims).replace(/"exp":\d+/, '"exp":1e999'))}`
    ],
    ["not valid for another 61 s", async () => `Bearer ${await token({ nbf: inSeconds(61) })}`],
    [
      "other claims under the signature",
      async () => (await token()).replace(/\..*\./, `.${encoded({ ...claims, sub: "x" })}.`).replace(/^/, "Bearer ")
    ],
    [
      // F62: what counts is the bytes that were signed, not what they mean
      "the same claims, written anew under the signature",
      async () => (await token()).replace(/\..*\./, `.${encoded(JSON.stringify(claims, null, 1))}.`).replace(/^/, "Bearer ")
    ]
  ]
  it.effect.each(bad)("%s: 401, and neither is the body read nor the application called", ([, authorization]) =>
    Effect.gen(function* () {
      const { handed, send } = receiver()
      const { asked, body } = counted(new TextEncoder().encode(JSON.stringify(ping)), 1)
      const answer = yield* send({ authorization: yield* Effect.promise(authorization), body })
      isRefused(answer, 401)
      assert.strictEqual(answer.headers.get("www-authenticate"), "Bearer")
      assert.strictEqual(asked(), 0)
      assert.isEmpty(handed)
    }).pipe(atNow)
  )

  const good: ReadonlyArray<readonly [name: string, authorization: () => Promise<string>]> = [
    ["expired for 59 s", async () => `Bearer ${await token({ exp: inSeconds(-59) })}`],
    ["expires in an hour and a minute", async () => `Bearer ${await token({ exp: inSeconds(3660) })}`],
    ["several audiences, one of them ours", async () => `Bearer ${await token({ aud: ["https://elsewhere.example", address] })}`],
    ["claims that nobody has heard of", async () => `Bearer ${await token({ provider: "x" })}`],
    ["the scheme in small letters", async () => `bearer ${await token()}`]
  ]
  it.effect.each(good)("%s: taken", ([, authorization]) =>
    Effect.gen(function* () {
      const { handed, send } = receiver()
      assert.strictEqual((yield* send({ authorization: yield* Effect.promise(authorization) })).status, 200)
      assert.lengthOf(handed, 1)
    }).pipe(atNow)
  )

  it.effect("while the secret changes, the old and the new one are taken, and no third", () =>
    Effect.gen(function* () {
      const { send } = receiver({ secrets: [Redacted.make("new-secret"), Redacted.make(secret)] })
      const statuses = yield* Effect.forEach(["new-secret", secret, "third-secret"], (key) =>
        Effect.flatMap(
          Effect.promise(() => token({}, { key })),
          (one) => Effect.map(send({ authorization: `Bearer ${one}` }), ({ status }) => status)
        )
      )
      assert.deepStrictEqual(statuses, [200, 200, 401])
    }).pipe(atNow)
  )

  it.effect.each(["GET", "HEAD", "PUT", "DELETE", "OPTIONS"])("%s: 405, whatever the token", (method) =>
    Effect.gen(function* () {
      const { handed, send } = receiver()
      const answer = yield* send({ method, authorization: `Bearer ${yield* Effect.promise(() => token())}` })
      assert.strictEqual(answer.status, 405)
      assert.strictEqual(answer.headers.get("allow"), "POST")
      assert.strictEqual(answer.text, method === "HEAD" ? "" : texts[405])
      assert.isEmpty(handed)
    }).pipe(atNow)
  )

  it.effect.each([
    ["no secret", { secrets: [] as any }, "secrets"],
    ["an empty secret", { secrets: [Redacted.make(secret), Redacted.make("")] as const }, "secrets"],
    ["no issuer", { issuer: "" }, "issuer"],
    ["no audience", { audience: "" }, "audience"]
  ] as const)("%s: no receiver", ([, changed, name]) =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(Receiver.make({ ...options, ...changed }, () => Effect.void))
      assert.include(String(error), name)
      assert.notInclude(String(error), "CANARY")
    })
  )
})

const mib = 1024 * 1024

describe("Receiver: what is sent", () => {
  it.effect("1 MiB is read, a byte more is not, whatever the header says of the length", () =>
    Effect.gen(function* () {
      const { handed, post } = receiver()
      const list = JSON.stringify(ping)
      assert.strictEqual((yield* post(list.padEnd(mib))).status, 200)
      isRefused(yield* post(list.padEnd(mib + 1)), 413)
      isRefused(yield* post(list.padEnd(mib + 1), { "content-length": "10" }), 413)
      assert.lengthOf(handed, 1)
    }).pipe(atNow)
  )

  it.effect("a body without an end is read up to the limit, and one that is announced as too large not at all", () =>
    Effect.gen(function* () {
      const { handed, post } = receiver()
      const endless = counted(new Uint8Array(64 * 1024).fill(32), Infinity)
      isRefused(yield* post(endless.body), 413)
      assert.strictEqual(endless.asked(), 17)
      const announced = counted(new Uint8Array(1), 1)
      isRefused(yield* post(announced.body, { "content-length": String(mib + 1) }), 413)
      assert.strictEqual(announced.asked(), 0)
      assert.isEmpty(handed)
    }).pipe(atNow)
  )

  it.effect.each([
    ["30 seconds", undefined, 30_000],
    ["a limit of one's own", "5 seconds", 5_000]
  ] as const)("a body that does not arrive: 408 after %s", ([, bodyTimeout, millis]) =>
    Effect.gen(function* () {
      const { handed, post } = receiver({ bodyTimeout })
      const reading = yield* Deferred.make<void>()
      let pulled = 0
      const drip = new ReadableStream<Uint8Array>(
        {
          pull(controller) {
            if (pulled++ === 0) return controller.enqueue(new TextEncoder().encode("["))
            Deferred.unsafeDone(reading, Effect.void)
            return new Promise<void>(() => {})
          }
        },
        { highWaterMark: 0 }
      )
      const sending = yield* Effect.fork(post(drip))
      yield* Deferred.await(reading)
      yield* TestClock.adjust(millis - 1)
      assert.isTrue((yield* Fiber.poll(sending))._tag === "None")
      isRefused(yield* whileTimePasses(1)(Fiber.join(sending)), 408)
      assert.isAtMost((yield* Clock.currentTimeMillis) - now - millis, 100)
      assert.isEmpty(handed)
    }).pipe(atNow)
  )

  const notification = ping[0]!
  const malformed: ReadonlyArray<readonly [name: string, body: BodyInit | null]> = [
    ["nothing", null],
    ["an empty body", ""],
    ["white space", "  \n"],
    ["HTML", "<html>CANARY</html>"],
    ["half a list", JSON.stringify(ping).slice(0, -5)],
    ["null", "null"],
    ["an object, as later notices are", JSON.stringify({ notification, send_to: address, jwt: "CANARY" })],
    ["a list of numbers", "[1]"],
    ["a list in a list", JSON.stringify([ping])],
    ["no resource", JSON.stringify([{ ...notification, resource: undefined }])],
    ["a resource that is no text", JSON.stringify([{ ...notification, resource: 7 }])],
    ["no begin", JSON.stringify([{ ...notification, from: undefined }])],
    ["an end that is null", JSON.stringify([{ ...notification, to: null }])],
    ["a time of another kind", JSON.stringify([{ ...notification, from: "CANARY yesterday" }])],
    ["a day that does not exist", JSON.stringify([{ ...notification, from: "2021-02-30T00:00:00" }])],
    ["a malformed one after a good one", JSON.stringify([notification, { ...notification, to: 7 }])],
    ["depth", "[".repeat(200_000)],
    ["bytes that are no text", new Uint8Array(Buffer.from(JSON.stringify(ping).replace("CANARY", "\xff"), "latin1"))],
    ["a byte order mark", `\ufeff${JSON.stringify(ping)}`],
    ["two lists", "[][]"]
  ]
  it.effect.each(malformed)("%s: 400, and nothing is handed on", ([, body]) =>
    Effect.gen(function* () {
      const { handed, post } = receiver()
      isRefused(yield* post(body), 400)
      assert.isEmpty(handed)
    }).pipe(atNow)
  )

  it.effect("a connection that breaks: 400", () =>
    Effect.gen(function* () {
      const { handed, post } = receiver()
      let pulled = 0
      const broken = new ReadableStream<Uint8Array>({
        pull(controller) {
          if (pulled++ === 0) controller.enqueue(new TextEncoder().encode(JSON.stringify(ping)))
          else controller.error(new Error("CANARY"))
        }
      })
      isRefused(yield* post(broken), 400)
      assert.isEmpty(handed)
    }).pipe(atNow)
  )

  it.effect("what a later release adds does no harm, an address that is none neither, and a list of none is received", () =>
    Effect.gen(function* () {
      const { handed, post } = receiver()
      assert.strictEqual((yield* post(JSON.stringify([{ ...notification, href: 7, environment: "live" }]))).status, 200)
      assert.deepStrictEqual(handed, [{ notifications: decoded, refused: [] }])
      assert.strictEqual((yield* post("[]")).status, 200)
      assert.lengthOf(handed, 1)
    }).pipe(atNow)
  )

  const window = (from: string, to: string) => ({ ...notification, from, to })
  it.effect.each([
    ["ends before it begins", window("2021-03-01T09:16:01.550871", "2021-03-01T09:16:01.550870"), "Window"],
    ["ends in the year 9999", window("2021-03-01T09:15:22", "9999-12-31T23:59:59"), "Window"],
    ["ends the day after tomorrow", window("2021-03-01T09:15:22", "2021-03-02T09:17:00.000001"), "Window"],
    ["begins in the year 1999", window("1999-12-31T23:59:59.999999", "2021-03-01T09:15:22"), "Window"],
    ["is of an unknown resource", { ...notification, resource: "alerts" }, "Resource"],
    ["is of a resource like another", { ...notification, resource: "__proto__" }, "Resource"]
  ] as const)("one that %s is refused and noted; the good ones beside it are handed on", ([, bad, reason]) =>
    Effect.gen(function* () {
      const { handed, post } = receiver()
      const warnings: Array<unknown> = []
      const noting = Logger.make(({ annotations, logLevel }) => {
        if (logLevel === LogLevel.Warning) warnings.push(Object.fromEntries(annotations))
      })
      const answer = yield* post(JSON.stringify([bad, notification])).pipe(Effect.provide(Logger.replace(Logger.defaultLogger, noting)))
      assert.strictEqual(answer.status, 200)
      assert.deepStrictEqual(
        handed.map(({ notifications, refused }) => [notifications, refused.map((one) => [one.reason, one.notification.resource])]),
        [[decoded, [[reason, bad.resource]]]]
      )
      assert.deepStrictEqual(warnings, [{ resource: reason === "Resource" ? 1 : 0, window: reason === "Window" ? 1 : 0, good: 1 }])
    }).pipe(atNow)
  )

  it.effect("the application says which resources there are, and may refuse a list over what is wrong with it", () =>
    Effect.gen(function* () {
      const strict = receiver({ resources: ["alerts"] }, (_, refused) => (refused.length > 0 ? Effect.fail("no") : Effect.void))
      assert.strictEqual((yield* strict.post(JSON.stringify([{ ...notification, resource: "alerts" }]))).status, 200)
      isRefused(yield* strict.post(JSON.stringify(ping)), 503)
    }).pipe(atNow)
  )
})

describe("Receiver: nothing is received before the application has it", () => {
  const failures: ReadonlyArray<readonly [name: string, receive: () => Effect.Effect<void, string>]> = [
    ["fails", () => Effect.fail("CANARY")],
    ["dies", () => Effect.die("CANARY")],
    ["interrupts itself", () => Effect.interrupt],
    [
      "throws",
      () => {
        throw new Error("CANARY")
      }
    ],
    ["fails in several ways", () => Effect.failCause(Cause.parallel(Cause.fail("CANARY"), Cause.die("CANARY")))]
  ]
  it.effect.each(failures)("the application %s: 503, and Welkin sends again", ([, fail]) =>
    Effect.gen(function* () {
      let attempts = 0
      const stored: Array<unknown> = []
      const { post } = receiver({}, (notifications) =>
        ++attempts === 1 ? Effect.suspend(fail) : Effect.sync(() => stored.push(...notifications))
      )
      isRefused(yield* post(JSON.stringify(ping)), 503)
      assert.isEmpty(stored)
      assert.strictEqual((yield* post(JSON.stringify(ping))).status, 200)
      assert.deepStrictEqual(stored, [...decoded])
    }).pipe(atNow)
  )

  it.effect("there is no answer while the application is at work", () =>
    Effect.gen(function* () {
      const [begun, stored] = [yield* Deferred.make<void>(), yield* Deferred.make<void>()]
      const { post } = receiver({}, () => Effect.zipRight(Deferred.succeed(begun, undefined), Deferred.await(stored)))
      const answer = yield* Effect.fork(post(JSON.stringify(ping)))
      yield* Deferred.await(begun)
      yield* TestClock.adjust("1 hour")
      assert.isTrue((yield* Fiber.poll(answer))._tag === "None")
      yield* Deferred.succeed(stored, undefined)
      assert.strictEqual((yield* Fiber.join(answer)).status, 200)
    }).pipe(atNow)
  )
})

const validToken = token()
const hostile = FastCheck.oneof(
  FastCheck.string({ maxLength: 40 }),
  FastCheck.constantFrom("", "Bearer ", "Bearer null", "Bearer ..", "Bearer a.b.c", "Basic YTpi"),
  FastCheck.tuple(FastCheck.base64String(), FastCheck.base64String(), FastCheck.base64String()).map((parts) => `Bearer ${parts.join(".")}`),
  // one character of a good token is another one. Not the last one, of which two bits mean nothing
  FastCheck.tuple(
    FastCheck.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    FastCheck.constantFrom("A", "_", "7", ".", "=", " ")
  )
).filter((one) => typeof one !== "string" || /^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/.test(one) || one === "")

const garbage = FastCheck.oneof(
  FastCheck.string(),
  FastCheck.uint8Array({ maxLength: 64 }).map((bytes) => new Uint8Array(bytes)),
  FastCheck.json().filter((text) => !/^\s*\[\s*\]\s*$/.test(text))
)

describe("Receiver: garbage", () => {
  it.effect.prop(
    "whatever is sent with a bad token or as a bad list is refused, and the application never called",
    [hostile, garbage, FastCheck.boolean()],
    ([authorization, body, isTokenGood]) =>
      Effect.gen(function* () {
        const { handed, post, send } = receiver()
        const valid = yield* Effect.promise(() => validToken)
        const spoilt = ([where, char]: [number, string]) => {
          const at = Math.floor(where * (valid.length - 1))
          return `Bearer ${valid.slice(0, at)}${valid[at] === char ? "~" : char}${valid.slice(at + 1)}`
        }
        const answer = isTokenGood
          ? yield* post(body)
          : yield* send({ authorization: typeof authorization === "string" ? authorization : spoilt(authorization) })
        isRefused(answer, isTokenGood ? 400 : 401)
        assert.isEmpty(handed)
      }).pipe(atNow),
    { fastCheck: { numRuns: runs({ test: 60, sweep: 5_000 }) } }
  )
})

describe("Receiver: privacy", () => {
  it.effect("nothing of a request stands in an answer or a log, whatever its level", () =>
    Effect.gen(function* () {
      const written: Array<string> = []
      const recording = Logger.map(Logger.jsonLogger, (line) => written.push(line))
      const { post, send } = receiver({}, () => Effect.fail("CANARY"))
      const valid = yield* Effect.promise(() => token())
      const canary = [{ ...ping[0]!, resource: "CANARY-resource" }]
      const answers = yield* Effect.all([
        send({ authorization: "Bearer CANARY" }),
        send({ authorization: `Bearer ${madeByHand({ alg: "HS256" }, "CANARY{")}` }),
        send({ authorization: `Bearer ${yield* Effect.promise(() => token({ iss: "CANARY-other" }))}` }),
        send({ authorization: `Bearer ${yield* Effect.promise(() => token({}, { key: "CANARY-key" }))}` }),
        send({ authorization: `Bearer ${valid}`, method: "PUT", body: "CANARY" }),
        post("CANARY"),
        post(JSON.stringify([{ ...ping[0]!, from: "CANARY" }])),
        post(JSON.stringify(ping)),
        post(JSON.stringify(canary))
      ]).pipe(Effect.provide(Logger.replace(Logger.defaultLogger, recording)), Logger.withMinimumLogLevel(LogLevel.All))
      assert.deepStrictEqual(
        answers.map(({ status }) => status),
        [401, 401, 401, 401, 405, 400, 400, 503, 503]
      )
      const told = [...answers.map(({ headers, text }) => text + JSON.stringify([...headers])), ...written].join("\n")
      for (const value of ["CANARY", "09:15:22", "09:16:01", valid, valid.split(".")[2]!]) assert.notInclude(told, value)
      assert.isAtLeast(written.length, 7)
      assert.include(written.join("\n"), '"reason":"iss"')
    }).pipe(atNow)
  )

  it.effect("a receiver's options do not print its secrets", () =>
    Effect.map(Effect.either(Receiver.make({ ...options, issuer: "" }, () => Effect.void)), (made) => {
      assert.isTrue(Either.isLeft(made))
      assert.notInclude(`${made}${JSON.stringify(made)}${JSON.stringify(options.secrets)}`, secret)
    })
  )
})
