/**
 * Nothing hangs (P16), and no body is larger than it may be (P18): every fault of a connection and of a body (F1, F4 to F12, F20 to
 * F22, F50), over sockets, with a second or so in the place of the minutes that the standard limits allow. F2 is in hosts.test.ts, F3
 * in test/testing/tls.test.ts, which limit ends what in test/loopback/Limits.test.ts.
 */
import * as Zlib from "node:zlib"
import { assert, describe, it } from "@effect/vitest"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Metric from "effect/Metric"
import * as Stream from "effect/Stream"
import type * as Limits from "../../src/Limits.js"
import * as Metrics from "../../src/Metrics.js"
import * as RetryPolicy from "../../src/RetryPolicy.js"
import type { WelkinError } from "../../src/WelkinError.js"
import * as Faulty from "../support/faulty.js"
import { stretched } from "../support/load.js"
import * as Notes from "../support/notes.js"
import { runs } from "../support/runs.js"

const limits = {
  headers: "800 millis",
  idle: "800 millis",
  floorWindow: "800 millis",
  attempt: "1200 millis",
  call: "2 seconds"
} satisfies Partial<Limits.Values>

const policy: RetryPolicy.Policy = { ...RetryPolicy.standard, base: "10 millis" }

const page = JSON.stringify({ content: [{ id: "n-1", text: "a".repeat(2000) }], last: true })
const half = page.slice(0, 1000)
const length = `content-length: ${page.length}`
const chunk = (part: string): string => `${part.length.toString(16)}\r\n${part}\r\n`

/** Writes something again and again, until the socket closes. */
const repeatedly = ({ socket }: Faulty.Exchange, part: string) => {
  const timer = setInterval(() => socket.write(part), 20)
  socket.on("close", () => clearInterval(timer))
}

const gzip = (body: Uint8Array) => Faulty.ended(["content-encoding: gzip", `content-length: ${body.length}`], body)
const zipped = Zlib.gzipSync(page)
const flipped = Buffer.from(zipped)
flipped[Math.floor(flipped.length / 2)]! ^= 0xff

/** What goes wrong each time, and what a call that reads may end with; what may end at a limit gets small ones. */
const faults: ReadonlyArray<readonly [name: string, handle: Faulty.Handle, ends: ReadonlyArray<WelkinError["_tag"] | "whole">]> = [
  ["F4 a reset before any byte", ({ socket }) => socket.resetAndDestroy(), ["TransportError"]],
  ["F5 no answer", () => {}, ["TimeoutError"]],
  [
    "F6 headers that drip",
    (exchange) => {
      exchange.socket.write("HTTP/1.1 200 OK\r\nx-slow: ")
      repeatedly(exchange, "a")
    },
    ["TimeoutError"]
  ],
  [
    "F7 a body that drips",
    (exchange) => {
      Faulty.raw(["transfer-encoding: chunked"])(exchange)
      repeatedly(exchange, chunk(" "))
    },
    ["TimeoutError"]
  ],
  ["F8 a body that stalls", Faulty.raw([length], half), ["TimeoutError"]],
  [
    "F9 a reset within the body",
    (exchange) => {
      Faulty.raw([length], half)(exchange)
      setTimeout(() => exchange.socket.resetAndDestroy(), 10)
    },
    ["TruncatedBody"]
  ],
  ["F10 a length above the body", Faulty.ended([length], half), ["TruncatedBody"]],
  ["F11 chunks without an end", Faulty.ended(["transfer-encoding: chunked"], chunk(half)), ["TruncatedBody"]],
  ["F12 half a page, ended with its connection", Faulty.ended([], half), ["DecodeError"]],
  ["F21 a page, and the server's side closed", (exchange) => Faulty.raw([length], page)(exchange), ["whole"]],
  [
    "F21 a pause within the page",
    (exchange) => {
      Faulty.raw([length], half)(exchange)
      setTimeout(() => exchange.socket.end(page.slice(half.length)), 100)
    },
    ["whole"]
  ],
  // undici hands over what came, which is no JSON; fetch inflates it as far as it goes
  ["F22 half a gzip body", gzip(zipped.subarray(0, zipped.length / 2)), ["DecodeError", "TruncatedBody", "TimeoutError"]],
  ["F22 a gzip body with a flipped byte", gzip(flipped), ["DecodeError", "TruncatedBody", "TimeoutError"]],
  ["F22 gzip that is none", gzip(Buffer.from("no gzip at all")), ["DecodeError", "TruncatedBody", "TimeoutError"]],
  [
    "a body without an end",
    (exchange) => {
      Faulty.raw(["transfer-encoding: chunked"])(exchange)
      repeatedly(exchange, chunk(" ".repeat(1000)))
    },
    ["TimeoutError"]
  ],
  [
    "errors without an end",
    (exchange) => {
      Faulty.raw(["transfer-encoding: chunked"], "", "503 Service Unavailable")(exchange)
      repeatedly(exchange, chunk(" ".repeat(1000)))
    },
    ["ServerError", "TimeoutError"]
  ]
]

const calls = [
  ["reads", Effect.asVoid(Notes.list())],
  ["writes", Effect.asVoid(Notes.create({ body: { text: "" } }))]
] as const

/** All waits between four attempts. */
const waits = "70 millis"

/** What a call may take, and the second that the promise allows. */
const bound = (limit: Duration.DurationInput): number => Duration.toMillis(limit) + stretched(1000)

for (const [client, http] of Faulty.httpClients) {
  describe(`Bounds over ${client}`, { concurrent: true }, () => {
    for (const [name, handle, ends] of faults) {
      for (const [kind, call] of calls) {
        it.scopedLive(`${name}, for ever: a call that ${kind} ends within its limit and a second`, () =>
          Effect.gen(function* () {
            const server = yield* Faulty.serve(handle)
            const isSlow = ends.includes("TimeoutError")
            const [took, result] = yield* Effect.timed(Effect.either(call)).pipe(
              Effect.provide(Faulty.client(server, http, isSlow ? limits : {}, policy))
            )
            assert.isAtMost(Duration.toMillis(took), bound(isSlow ? limits.call : waits))
            if (kind === "reads") {
              assert.include(ends, Either.match(result, { onLeft: ({ _tag }) => _tag, onRight: () => "whole" }))
              return
            }
            // a write goes out once, and whether it was applied nobody knows
            assert.lengthOf(server.requests, 1)
            if (Either.isLeft(result)) assert.strictEqual(result.left.outcome, "Unknown")
          })
        )
      }
    }

    it.scopedLive("F1 a port where nobody listens: within the limit as well", () =>
      Effect.gen(function* () {
        const gone = yield* Effect.scoped(Faulty.serve(() => {}))
        const [took, failure] = yield* Effect.timed(Effect.flip(Notes.list())).pipe(Effect.provide(Faulty.client(gone, http, {}, policy)))
        assert.include(failure, { _tag: "TransportError", reason: "Refused", attempts: 4 } as object)
        assert.isAtMost(Duration.toMillis(took), bound(waits))
      })
    )

    it.scopedLive("F8 a download that stalls while its consumer sleeps ends once the consumer asks again", () =>
      Effect.gen(function* () {
        const server = yield* Faulty.serve(Faulty.raw(["content-length: 100000"], "x".repeat(64_000)))
        let got = 0
        const [took, failure] = yield* Notes.file({ noteId: "n-1" }).pipe(
          Stream.runForEach((part) => {
            got += part.length
            return got === 64_000 ? Effect.sleep("1200 millis") : Effect.void
          }),
          Effect.flip,
          Effect.timed,
          Effect.provide(Faulty.client(server, http, limits))
        )
        assert.include(failure, { _tag: "TimeoutError", phase: "idle" } as object)
        assert.strictEqual(got, 64_000)
        assert.isAtLeast(Duration.toMillis(took), 1900)
        assert.isAtMost(Duration.toMillis(took), bound("2 seconds"))
      })
    )
  })
}

const mebibyte = 1024 * 1024
const received = Metric.tagged(Metrics.bytes, "welkin.endpoint", "notes.list")
const read = Effect.map(Metric.value(received), ({ count }) => count)

for (const [client, http] of Faulty.httpClients) {
  describe(`Sizes over ${client}`, () => {
    it.scopedLive("F50 a body above the cap is read to the cap and 64 KiB, and its socket closes", () =>
      Effect.gen(function* () {
        // the cap that stands, in the long run
        const cap = runs({ test: 2 * mebibyte, sweep: 64 * mebibyte })
        const part = Buffer.alloc(256 * 1024, 32)
        const server = yield* Faulty.serve(({ response }) => {
          response.writeHead(200, { "content-type": "application/json" })
          const write = (): void => {
            while (response.write(part));
            response.once("drain", write)
          }
          write()
        })
        yield* Effect.gen(function* () {
          const before = yield* read
          const failure = yield* Effect.flip(Notes.list())
          assert.include(failure, { _tag: "BodyTooLarge", limitBytes: cap } as object)
          const bytes = (yield* read) - before
          assert.isAbove(bytes, cap)
          assert.isAtMost(bytes, cap + 64 * 1024)
          yield* Faulty.eventually("the socket closes", () => server.requests.every(({ socket }) => socket.destroyed))
        }).pipe(Effect.provide(Faulty.client(server, http, cap === 64 * mebibyte ? {} : { bodyBytes: cap })))
        assert.lengthOf(server.requests, 1)
      })
    )

    it.scopedLive("F50 a bomb of gzip counts as what it becomes, and goes off nowhere", () =>
      Effect.gen(function* () {
        const size = runs({ test: 64, sweep: 1024 }) * mebibyte
        const bomb = yield* Effect.promise(
          () =>
            new Promise<Buffer>((resolve) => {
              const parts: Array<Buffer> = []
              const zip = Zlib.createGzip({ level: 1 })
              zip.on("data", (part) => parts.push(part)).on("end", () => resolve(Buffer.concat(parts)))
              const zeros = Buffer.alloc(mebibyte, 32)
              let left = size / mebibyte
              const write = (): void => {
                while (left-- > 0) if (!zip.write(zeros)) return void zip.once("drain", write)
                zip.end()
              }
              write()
            })
        )
        assert.isBelow(bomb.length, size / 100)
        const server = yield* Faulty.serve(gzip(bomb))
        const before = process.memoryUsage().rss
        const failure = yield* Effect.flip(Notes.list()).pipe(Effect.provide(Faulty.client(server, http, { bodyBytes: mebibyte / 4 })))
        // undici does not inflate it, so that it is too large by itself, or no JSON
        assert.include(client === "fetch" ? ["BodyTooLarge"] : ["BodyTooLarge", "DecodeError"], failure._tag)
        assert.isBelow(process.memoryUsage().rss - before, 48 * mebibyte)
      })
    )
  })
}
