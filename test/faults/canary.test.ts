/**
 * No value of a record and no secret leaves the data (P24, P25, P26; harness T1): every endpoint of both generations, called with a
 * mark in every value it sends and answered with a mark in every value it takes, through every class of outcome. All that loggers,
 * spans, metrics, the console, the process and every string form of a failure say is searched.
 */
import { Console as NodeConsole } from "node:console"
import { Writable } from "node:stream"
import * as Util from "node:util"
import * as HttpClientError from "@effect/platform/HttpClientError"
import * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import * as Cause from "effect/Cause"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as LogLevel from "effect/LogLevel"
import * as Metric from "effect/Metric"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import type * as Endpoint from "../../src/Endpoint.js"
import * as Reading from "../../src/internal/reading.js"
import * as Limits from "../../src/Limits.js"
import * as RetryPolicy from "../../src/RetryPolicy.js"
import * as v1 from "../../src/v1/index.js"
import * as LegacyClient from "../../src/v1/LegacyClient.js"
import * as v8 from "../../src/v8/index.js"
import * as WelkinClient from "../../src/WelkinClient.js"
import * as Canary from "../support/canary.js"
import * as Conformance from "../support/conformance.js"
import * as Facts from "../support/conformanceFacts.js"
import * as Types from "../support/conformanceTypes.js"
import type { Json } from "../support/json.js"
import { seed, sweeping } from "../support/runs.js"
import * as Scripted from "../support/scripted.js"
import * as Sinks from "../support/sinks.js"
import * as Tracer from "../support/tracer.js"

const inspect = (value: unknown): string => Util.inspect(value, { depth: Infinity, showHidden: true, getters: true })

// ------------------------------------------------------------------------------------------------------------------ the sinks

/** Everything that the process itself says while these tests run. */
const said: Array<string> = []
const streams = [process.stdout, process.stderr] as const
const writes = streams.map((stream) => stream.write)
const methods = ["log", "info", "warn", "error", "debug", "trace"] as const
const printers = methods.map((method) => console[method])
const onWarning = (warning: Error) => said.push(inspect(warning))

const listen = () => {
  streams.forEach((stream, at) => {
    stream.write = ((chunk: unknown, ...rest: ReadonlyArray<any>) => {
      said.push(String(chunk))
      return (writes[at] as any).call(stream, chunk, ...rest)
    }) as typeof stream.write
  })
  methods.forEach((method) => {
    console[method] = (...args) => {
      said.push(Util.format(...args))
    }
  })
  process.on("warning", onWarning)
}

const stopListening = () => {
  streams.forEach((stream, at) => {
    stream.write = writes[at]!
  })
  methods.forEach((method, at) => {
    console[method] = printers[at]!
  })
  process.off("warning", onWarning)
}

/** Runs an effect as an application does that logs and traces all there is, and answers with all that was written. */
const watched = <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<readonly [Exit.Exit<A, E>, string], never, R> =>
  Effect.gen(function* () {
    const written: Array<string> = []
    const stream = new Writable({
      write: (chunk, _, done) => {
        written.push(String(chunk))
        done()
      }
    })
    const { spans, tracer } = Tracer.recording()
    const recorder = Logger.make<unknown, void>((options) => {
      written.push(Logger.jsonLogger.log(options), Logger.logfmtLogger.log(options), inspect(Logger.structuredLogger.log(options)))
    })
    const current = yield* Effect.console
    const exit = yield* effect.pipe(
      Effect.tapErrorCause((cause) => Effect.logError("It failed", cause)),
      Effect.withSpan("application"),
      Effect.exit,
      Logger.withMinimumLogLevel(LogLevel.All),
      Effect.provide(Layer.mergeAll(Logger.replace(Logger.defaultLogger, recorder), Logger.add(Logger.prettyLogger({ colors: false })))),
      Effect.withConsole({ ...current, unsafe: new NodeConsole(stream, stream) }),
      Effect.withTracer(tracer)
    )
    // of a span that succeeds exporters take no more than that
    for (const { attributes, events, exit, links, name } of spans) {
      written.push(name, inspect([attributes, events, links, exit === undefined || Exit.isSuccess(exit) ? exit?._tag : exit.cause]))
    }
    return [exit, written.join("\n")] as const
  })

const metrics = Effect.map(Metric.snapshot, (all) =>
  all
    .map(({ metricKey: { description, keyType, name, tags }, metricState }) =>
      inspect([name, description, keyType, tags.map(({ key, value }) => [key, value]), metricState])
    )
    .join("\n")
)

/** Every place where one of these texts holds a mark. */
const leaks = (sinks: ReadonlyArray<readonly [name: string, text: string]>): ReadonlyArray<string> =>
  sinks.flatMap(([name, text]) => {
    const found = Canary.hit(text)
    return found === undefined ? [] : [`${name}: ${found}`]
  })

/** The forms that show most of a failure. */
const mainForms = (error: Error): ReadonlyArray<readonly [string, string]> => [
  ["String", String(error)],
  ["stack", String(error.stack)],
  ["JSON", JSON.stringify(error)],
  ["inspect", inspect(error)],
  ["Cause.pretty", Cause.pretty(Cause.fail(error), { renderErrorCause: true })]
]

/** All forms there are, and all loggers. */
const everyForm = (error: Error) => Effect.map(Sinks.logged(error), (logged) => [...Sinks.stringForms(error), ...logged])

// --------------------------------------------------------------------------------------------------------------- the outcomes

type Answered = (request: Scripted.Seen) => Effect.Effect<Scripted.Reply, unknown>

/** What the HTTP client does with a request. */
class Script extends Context.Reference<Script>()("CanaryScript", { defaultValue: (): Answered => () => Effect.never }) {}

const tokens = /\/admin\/api_clients\/[^/]*$|\/v1\/token/

const http = Scripted.httpClient<unknown>((request) => Effect.flatMap(Script, (script) => script(request)))

/** A script that only the call itself gets to see, not the client's request for a token. */
const behindToken =
  (script: Answered): Answered =>
  (request) =>
    tokens.test(request.url.pathname)
      ? Effect.succeed({ body: { token: Canary.text, access_token: Canary.text, token_type: "bearer" } })
      : script(request)

const echo = ({ body, headers, method, url }: Scripted.Seen) => `${method} ${url} ${JSON.stringify(headers)} ${body} ${Canary.text}`

const reply =
  (status: number, body: (echoed: string) => unknown, headers: Readonly<Record<string, string>> = {}): Answered =>
  (request) =>
    Effect.succeed({ status, body: body(echo(request)), headers: { "x-request-id": Canary.text, ...headers } })

const errors = (code: string) => (echoed: string) => [
  { errorCode: code, componentType: Canary.text, message: echoed, details: { [Canary.text]: echoed, id: Canary.text }, date: "1907-07-19" }
]

const html = (echoed: string) => `<!doctype html><title>${Canary.text}</title>${echoed}`

/** As undici fails: the address and whatever else stand in messages and causes. */
const reset: Answered = (request) =>
  Effect.fail(
    new HttpClientError.RequestError({
      request: HttpClientRequest.post(String(request.url), { headers: request.headers }),
      reason: "Transport",
      description: echo(request),
      cause: new TypeError(echo(request), { cause: Object.assign(new Error(echo(request)), { code: "ECONNRESET", address: Canary.text }) })
    })
  )

const outcomes: Readonly<Record<string, Answered>> = {
  "400 with an echo": reply(400, errors("VALIDATION_FAILED")),
  "400 with a code that is somebody's": reply(400, errors(Canary.text)),
  "400 of the legacy service": reply(400, (echoed) => ({
    errors: [{ status: 400, code: Canary.text, title: echoed, detail: echoed, extra: echoed }]
  })),
  "401 for the token": reply(401, errors("TOKEN_EXPIRED")),
  "401 for something else": reply(401, errors("SOMETHING_ELSE")),
  "403": reply(403, errors("FORBIDDEN_HERE")),
  "404": reply(404, errors("NOT_FOUND_HERE")),
  "409": reply(409, errors("EXISTS_ALREADY")),
  "410": reply(410, html),
  "418": reply(418, errors("I_AM_A_TEAPOT")),
  "429": reply(429, errors("TOO_MANY"), { "retry-after": "9999" }),
  "429 with junk": reply(429, html, { "retry-after": Canary.text }),
  "302": reply(302, html, { location: `https://${Canary.text}.example/${Canary.text}` }),
  "500 in HTML": reply(500, html, { "content-type": "text/html" }),
  "503": reply(503, errors("BUSY_NOW"), { "retry-after": "9999" }),
  "200 in HTML": reply(200, html, { "content-type": `text/html; charset=${Canary.text}` }),
  "200 with an error list": reply(200, errors("NOT_FOUND_HERE")),
  "200 with JSON that does not parse": reply(200, (echoed) => `{"${Canary.text}": ${echoed}`),
  "200 cut short": reply(200, (echoed) => Scripted.brokenBody(`{"id": "${Canary.text}", ${echoed}`)),
  "200 with too much": reply(200, (echoed) => echoed.padEnd(80_000, Canary.text)),
  "200 in another shape": reply(200, (echoed) => ({ [Canary.text]: echoed })),
  "a reset": reset,
  "a client that throws": (request) => Effect.die(new Error(echo(request)))
}

/** What may be left of a marked call: limits that a test need not wait for. */
const limits = Limits.withLimits({ bodyBytes: 70_000 })

const timedOut = Limits.withLimits({ headers: "2 millis" })

// -------------------------------------------------------------------------------------------------------------- the endpoints

interface Generation<R> {
  readonly generation: Endpoint.Descriptor["generation"]
  readonly modules: object
  readonly client: Layer.Layer<R, unknown>
}

const lean = Layer.mergeAll(RetryPolicy.layer(RetryPolicy.none), http)

const current: Generation<WelkinClient.WelkinClient> = {
  generation: "v8",
  modules: v8,
  client: WelkinClient.layer({
    tenant: Canary.text,
    instance: Canary.text,
    apiClient: Canary.text,
    secretKey: Redacted.make(Canary.text),
    baseUrl: "https://welkin.example"
  }).pipe(Layer.provide(lean))
}

const legacy: Generation<LegacyClient.LegacyClient> = {
  generation: "v1",
  modules: v1,
  client: LegacyClient.layer({
    clientId: Canary.text,
    clientSecret: Redacted.make(Canary.text),
    scopes: [Canary.text],
    baseUrl: "https://welkin.example"
  }).pipe(Layer.provide(lean))
}

/** What is sent for a call, with a mark wherever its schemas take one. */
const markedWire = <R>(one: Conformance.Case<R>): Conformance.Wire => {
  const decode = Conformance.decodersOf(one.descriptor)
  const complete = Conformance.completeExampleOf(one)
  // where a field has two spellings only one may be sent
  const wire = complete.body !== undefined && Either.isLeft(decode.body(complete.body)) ? Conformance.exampleOf(one) : complete
  const slotsTaken = (slots: ReadonlyArray<string>) =>
    Either.isRight(decode.slots(Object.fromEntries(Facts.slotsOf(one.descriptor.path).map((name, at) => [name, slots[at]]))))
  const { body } = wire
  return {
    slots: Canary.marked([...wire.slots], (slots) => slotsTaken(slots as ReadonlyArray<string>)) as ReadonlyArray<string>,
    query: Canary.marked(wire.query, (query) => Either.isRight(decode.query(query as any))) as any,
    body: body === undefined ? undefined : Canary.marked(body, (marked) => Either.isRight(decode.body(marked)))
  }
}

/** A whole answer with a mark in every value, and a field that nobody knows; undefined where the answer is none. */
const markedAnswer = <R>({ descriptor, fixture, types }: Conformance.Case<R>): Json | undefined => {
  if (descriptor.success === undefined || types.answer === undefined) return undefined
  const read = Reading.value(descriptor.success)
  const takes = (wire: Json) => Either.isRight(read({ contentType: "application/json", text: JSON.stringify(wire) }))
  return Canary.marked(Types.extended(Types.completed(fixture.response, types.answer), types.answer, Canary.text), takes)
}

/** One of these in `npm test`, another for each endpoint; all of them in the sweep. */
const sampled = <A>(all: ReadonlyArray<A>, offset: number): ReadonlyArray<A> =>
  sweeping || all.length === 0 ? all : [all[offset % all.length]!]

const keepsToItself = <R>({ client, generation, modules }: Generation<R>): void => {
  const cases = Conformance.casesOf(Conformance.endpointsOf<R>(modules), Facts.catalogue(generation), Facts.fixtures(generation))

  describe(`${generation} leaks nothing, whatever comes of it`, () => {
    it.live.each(cases.map((one, index) => [one.title, one, index] as const))("%s", ([, one, index]) =>
      Effect.gen(function* () {
        const { call, descriptor } = one
        const wire = markedWire(one)
        const input = Conformance.inputOf(descriptor, wire)
        const answer = markedAnswer(one)
        const offset = index + (seed ?? 0)
        const found: Array<string> = []
        const check = Effect.fnUntraced(function* (outcome: string, called: Effect.Effect<unknown, unknown>, thorough = false) {
          const [exit, written] = yield* watched(called)
          const sinks: Array<readonly [string, string]> = [["loggers and spans", written]]
          const failure = Exit.isFailure(exit) ? Cause.failureOption(exit.cause) : undefined
          if (failure?._tag === "Some") {
            const error = failure.value as Error
            sinks.push(...(thorough ? yield* everyForm(error) : mainForms(error)))
          } else if (Exit.isFailure(exit)) {
            sinks.push(["cause", Cause.pretty(exit.cause, { renderErrorCause: true }) + inspect(exit.cause)])
          }
          found.push(...leaks(sinks.map(([sink, text]) => [`${outcome}: ${sink}`, text])))
          return exit
        })
        // a client for each call, which no refusal before has made slow
        const answered = (script: Answered, given: unknown = input) =>
          limits(call(given)).pipe(Effect.provide(client), Effect.provideService(Script, descriptor.auth ? behindToken(script) : script))

        const chosen = sampled(Object.keys(outcomes), offset)
        for (const [at, outcome] of chosen.entries()) {
          const exit = yield* check(outcome, answered(outcomes[outcome]!), sweeping || (at === 0 && offset % 8 === 0))
          // what answers with nothing, with bytes or with anything takes what comes with a 200
          assert.isTrue(Exit.isFailure(exit) || outcome.startsWith("200"), outcome)
        }
        yield* check("a whole answer", answered(reply(200, () => answer ?? "")))
        for (const broken of answer === undefined ? [] : sampled(Canary.broken(answer), offset)) {
          yield* check("a broken answer", answered(reply(200, () => broken)))
        }
        for (const broken of sampled(Conformance.brokenInputsOf(descriptor, input, false), offset)) {
          yield* check(
            `a broken input at ${broken.place}`,
            answered(
              reply(200, () => answer ?? ""),
              broken.input
            )
          )
        }
        for (const broken of wire.body === undefined ? [] : sampled(Canary.broken(wire.body), offset)) {
          yield* check(
            "a broken body",
            answered(
              reply(200, () => answer ?? ""),
              { ...input, body: broken }
            )
          )
        }
        yield* check("a timeout", timedOut(answered(() => Effect.never)))
        yield* check(
          "an interruption",
          Effect.flatMap(Effect.fork(answered(() => Effect.never)), (fiber) =>
            Effect.zipRight(Effect.zipRight(Effect.yieldNow(), Fiber.interruptFork(fiber)), Fiber.join(fiber))
          )
        )
        assert.isEmpty(found, found.slice(0, 5).join("\n"))
      })
    )
  })
}

beforeAll(listen)
afterAll(stopListening)

keepsToItself(current)
keepsToItself(legacy)

describe("the process", () => {
  it.effect("says nothing of it on its own, nor do its metrics", () =>
    Effect.map(metrics, (measured) => {
      const own = said.splice(0).join("\n")
      assert.isEmpty(
        leaks([
          ["stdout, stderr and warnings", own],
          ["metrics", measured]
        ])
      )
    })
  )
})

// -------------------------------------------------------------------------------------------------------- that it can be found

describe("a mark that gets out is found", () => {
  const forms: ReadonlyArray<readonly [string, string]> = [
    ["as it is", `a${Canary.text}b`],
    ["eight characters of it", Canary.text.slice(1, 9)],
    ["in capitals", Canary.text.toUpperCase()],
    ["percent-encoded", `%7A%71%78%6A%7A%71%78%6A`],
    ["in Base64", Buffer.from(`xy${Canary.text}`).toString("base64")],
    ["in Base64url, one further", Buffer.from(`xyz${Canary.text}`).toString("base64url")],
    ["in Base64, two further", Buffer.from(`xyzz${Canary.text}`).toString("base64")],
    ["in hex", Buffer.from(Canary.text).toString("hex")],
    ["as a date", "born 1907-07-19"],
    ["as a number", "1907190719071"],
    ["as part of a number", "19071907"],
    ["as an id", "cafe1907-cafe-4907-8afe-cafe1907cafe"],
    ["as an address", "to x@canary.example"]
  ]

  it.each(forms)("%s", (_, text) => {
    assert.isDefined(Canary.hit(`before ${text} after`))
  })

  it("and nothing else is", () => {
    assert.isUndefined(Canary.hit(inspect(process.env) + inspect(new Error("x")) + import.meta.url))
  })

  const record = { id: Canary.text, birthDate: "1907-07-19", name: Canary.text }
  const request = HttpClientRequest.post(`https://welkin.example/${Canary.text}?id=${Canary.text}`).pipe(
    HttpClientRequest.setHeader("authorization", `Bearer ${Canary.text}`),
    HttpClientRequest.bodyText(Canary.text)
  )
  const syntaxError = Either.getOrThrow(
    Either.flip(Either.try({ try: () => JSON.parse(`<b>${Canary.text}</b>`), catch: (error) => error as Error }))
  )
  const parseError = Either.getOrThrow(Either.flip(Schema.decodeUnknownEither(Schema.Struct({ id: Schema.Number }))(record)))
  const controls: ReadonlyArray<readonly [string, Error]> = [
    ["the platform's error about a request", new HttpClientError.RequestError({ request, reason: "Transport", cause: new Error("no") })],
    [
      "the platform's error about a response",
      new HttpClientError.ResponseError({
        request,
        response: HttpClientResponse.fromWeb(request, new Response(Canary.text, { headers: { "x-a": Canary.text } })),
        reason: "Decode"
      })
    ],
    ["an error of JSON.parse", syntaxError],
    ["a ParseError", parseError],
    ["an error whose cause knows", new Error("failed", { cause: record })],
    ["an error that holds it, hidden", Object.defineProperty(new Error("failed"), "body", { value: Canary.text, enumerable: false })]
  ]

  it.effect.each(controls)("in %s", ([, error]) =>
    Effect.gen(function* () {
      assert.isNotEmpty(leaks(mainForms(error)))
      assert.isNotEmpty(leaks(yield* everyForm(error)))
    })
  )

  const planted: ReadonlyArray<readonly [string, Effect.Effect<unknown, unknown>]> = [
    ["in a log at the lowest level", Effect.logTrace(record)],
    ["in an annotation", Effect.annotateLogs(Effect.logInfo("read"), "patient", record)],
    ["in a log span", Effect.withLogSpan(Effect.logInfo("read"), Canary.text)],
    // @effect-diagnostics-next-line globalErrorInEffectFailure:off
    ["in the cause of a failure", Effect.fail(new Error(Canary.text))],
    ["in a span's name", Effect.withSpan(Effect.void, `GET /patients/${Canary.text}`)],
    ["in a span's attribute", Effect.withSpan(Effect.void, "read", { attributes: { url: `/patients/${Canary.text}` } })],
    ["in a span's event", Effect.withSpan(Effect.zipRight(Effect.annotateCurrentSpan("seen", record), Effect.void), "read")],
    ["in a span's failure", Effect.withSpan(Effect.fail(record), "read")]
  ]

  it.effect.each(planted)("%s", ([, effect]) =>
    Effect.map(watched(Effect.ignore(effect).pipe(Effect.zipRight(effect))), ([, written]) => assert.isNotEmpty(leaks([["", written]])))
  )

  const printed: ReadonlyArray<readonly [string, () => unknown]> = [
    ["on stdout", () => process.stdout.write(`${Canary.text}\n`)],
    ["on stderr", () => process.stderr.write(`${Canary.text}\n`)],
    ["on the console", () => console.debug({ patient: record })]
  ]

  it.each(printed)("%s", (_, print) => {
    print()
    assert.isNotEmpty(leaks([["", said.splice(0).join("\n")]]))
  })

  it("in a warning of the process", async () => {
    process.emitWarning(`slow: ${Canary.text}`)
    await new Promise((resolve) => setImmediate(resolve))
    assert.isNotEmpty(leaks([["", said.splice(0).join("\n")]]))
  })

  it.effect("in a metric's label", () =>
    Effect.gen(function* () {
      yield* Metric.increment(Metric.tagged(Metric.counter("planted"), "patient", Canary.text))
      assert.isNotEmpty(leaks([["", yield* metrics]]))
    })
  )
})
