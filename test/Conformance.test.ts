/**
 * Every endpoint held against what is known of the service: its route, query, body and answer, the requests it sends and the
 * answers it takes, through the real client over a scripted HTTP client. Every model: nothing is lost on the way there and back.
 */
import { afterEach, assert, describe, it, layer } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Either from "effect/Either"
import * as FastCheck from "effect/FastCheck"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import * as AccessToken from "../src/AccessToken.js"
import * as Endpoint from "../src/Endpoint.js"
import { compile } from "../src/internal/decoder.js"
import * as Reading from "../src/internal/reading.js"
import * as RetryPolicy from "../src/RetryPolicy.js"
import * as v1 from "../src/v1/index.js"
import * as LegacyClient from "../src/v1/LegacyClient.js"
import * as LegacyToken from "../src/v1/LegacyToken.js"
import * as v8 from "../src/v8/index.js"
import * as WelkinClient from "../src/WelkinClient.js"
import * as Conformance from "./support/conformance.js"
import * as Deviations from "./support/conformanceDeviations.js"
import * as Facts from "./support/conformanceFacts.js"
import * as Types from "./support/conformanceTypes.js"
import * as Decoders from "./support/decoders.js"
import type { Json, JsonObject } from "./support/json.js"
import { runs } from "./support/runs.js"
import * as Scripted from "./support/scripted.js"

// A long run that gives no turn to the event loop looks dead to Vitest.
afterEach(() => new Promise<void>((resolve) => setImmediate(resolve)))

/** What the HTTP client does with a request. */
class Script extends Context.Reference<Script>()("Script", {
  defaultValue: (): ((request: Scripted.Seen) => Scripted.Reply) => () => ({ status: 500 })
}) {}

const http = Scripted.httpClient((request) => Effect.map(Script, (script) => script(request)))

/** What comes of a call when every request is answered so, and what it sent. */
const exchange = <A, R>(call: Effect.Effect<A, Conformance.WelkinError, R>, reply: Scripted.Reply) => {
  const sent: Array<Scripted.Seen> = []
  const script = (request: Scripted.Seen) => {
    sent.push(request)
    return reply
  }
  return Effect.map(Effect.either(Effect.provideService(call, Script, script)), (result) => ({ result, sent }))
}

const failureOf = <A, E>(result: Either.Either<A, E>): E => Either.getOrThrowWith(Either.flip(result), () => new Error("it succeeded"))

const valueOf = <A>(result: Either.Either<A, Conformance.WelkinError>): A => Either.getOrThrowWith(result, (error) => error)

interface Generation<R> {
  readonly generation: Endpoint.Descriptor["generation"]
  readonly modules: object
  readonly tag: Context.Tag<R, Endpoint.Client>
  readonly client: Layer.Layer<R, unknown>
  /** What the client fills the other slots of a route with. */
  readonly slots: Readonly<Record<string, string>>
  /** Errors as the service reports them. */
  readonly errors: Json
  /** Routes that may answer with nothing though they usually answer with something. */
  readonly emptyAnswers: ReadonlyArray<string>
}

/** What is known of a generation as a whole. */
interface Known {
  /** Where one route has two meanings, told apart by a parameter or by the form of the body. */
  readonly sharedRoutes: ReadonlyArray<string>
  /** Calls that change nothing, though their method does not say so. */
  readonly safeRoutes: ReadonlyArray<string>
  /** Calls that carry no token, because they fetch it. */
  readonly tokenRoutes: ReadonlyArray<string>
  readonly deviations: ReadonlyArray<Deviations.Deviation>
}

/** For each style of paging, a page in another style; and what no list and no record can be. */
const foreignEnvelopes: Readonly<Record<string, Json>> = {
  spring: { data: [], metaInfo: { page: 0, lastPage: true } },
  "meta-info": { content: [], last: true, number: 0 },
  "page-token": { data: [], metaInfo: { page: 0, lastPage: true } },
  cursor: { items: [] },
  "time-window": { items: [] },
  list: { items: [] },
  record: []
}

/** Where each style of paging has its items, and how it marks the last page. A list is its items, and whole. */
const lastPages: Readonly<Record<string, { readonly items?: string; readonly marks?: JsonObject }>> = {
  list: {},
  spring: { items: "content", marks: { last: true, number: 0 } },
  "meta-info": { items: "data", marks: { metaInfo: { page: 0, lastPage: true } } },
  "page-token": { items: "content", marks: { meta: { nextPageToken: null } } },
  cursor: { items: "data", marks: { cursor: { hasNext: false } } }
}

const positions: ReadonlySet<string> = new Set(["page", "pageToken", "start"])

/** Text that tries to leave its segment, or cannot travel. */
const escapes = [
  ...["", ".", "..", "%2e%2e", "%2E.", "..;", "/", "../admin", "a/b", "\\", "..\\", "?a=1", "#a", "a b", "%", "%00", "\0", "\r\n"],
  ...["\ud800", "a\udc00", "//host.example", "@host.example", ":80", "é", "𝒳", "a".repeat(10_000)]
]

const anyText = FastCheck.oneof(
  FastCheck.constantFrom(...escapes),
  FastCheck.string(),
  FastCheck.fullUnicodeString(),
  FastCheck.string16bits()
)

const styleOf = ({ facts, types }: Pick<Conformance.Case<never>, "facts" | "types">): string =>
  facts.paging !== "none" ? facts.paging : types.answer?.is === "list" ? "list" : "record"

/** What holds whatever is sent and answered. */
const withstands = <R>({ client, emptyAnswers, errors, generation, modules, slots, tag }: Generation<R>): void => {
  const cases = Conformance.casesOf(Conformance.endpointsOf<R>(modules), Facts.catalogue(generation), Facts.fixtures(generation))

  // nothing here waits, and thousands of calls are faster without a clock of the tests'
  layer(client, { excludeTestServices: true })(`${generation} withstands`, (it) => {
    describe.each(cases.map((one) => [one.title, one] as const))("%s", (_, one) => {
      const { call, descriptor, types } = one
      const input = Conformance.lazily(() => Conformance.inputOf(descriptor, Conformance.exampleOf(one)))

      it.effect("refuses input that breaks its schema, names the field, and sends nothing", () =>
        Effect.forEach(
          Conformance.brokenInputsOf(descriptor, input(), types.body?.is === "model" && !types.body.open),
          ({ input, place }) =>
            Effect.gen(function* () {
              const { result, sent } = yield* exchange(call(input), { status: 404 })
              if (Either.isRight(result)) return assert.fail(`${place} was taken`)
              const error = result.left
              if (error._tag !== "EncodeError") return assert.fail(`${place}: ${error}`)
              assert.include(
                error.places.map(({ path }) => (path.startsWith(`${place}.`) ? place : path)),
                place
              )
              assert.isEmpty(sent)
            })
        )
      )

      const slotsOfCall = Object.keys(descriptor.pathFields)

      const assertWithin = (texts: Readonly<Record<string, string>>, { host, pathname, protocol }: URL) => {
        const expected = descriptor.path.split("/").map((part) => part.replace(/^\{(\w+)\}$/, (_, slot) => texts[slot] ?? slots[slot]!))
        assert.strictEqual(`${protocol}//${host}`, Scripted.options.baseUrl)
        assert.deepStrictEqual(pathname.split("/").map(decodeURIComponent), expected)
      }

      if (slotsOfCall.length > 0) {
        it.effect("sends an id that tries to leave its segment within it, or not at all", () =>
          Effect.forEach(escapes, (text) =>
            Effect.gen(function* () {
              const texts = Object.fromEntries(slotsOfCall.map((slot) => [slot, text]))
              const { result, sent } = yield* exchange(call({ ...input(), ...texts }), { status: 404 })
              if (sent[0] === undefined) assert.strictEqual(failureOf(result)._tag, "EncodeError")
              else assertWithin(texts, sent[0].url)
            })
          )
        )

        it.prop(
          "keeps any id within its segment, or makes no call of it",
          [FastCheck.record(Object.fromEntries(slotsOfCall.map((slot) => [slot, anyText])))],
          ([texts]) => {
            const made = Conformance.callMade(tag, slots, call({ ...input(), ...texts }))
            if (Either.isLeft(made)) assert.strictEqual(made.left._tag, "EncodeError")
            else assertWithin(texts, new URL(Scripted.options.baseUrl + made.right.target))
          },
          { fastCheck: { numRuns: runs({ test: 50, sweep: 10_000 }) } }
        )
      }

      if (descriptor.success === undefined || types.answer === undefined) return

      it.effect.each(
        [
          ["an error list", "Envelope", { body: errors }] as const,
          ["HTML", "Html", { body: "<!doctype html><title>Sign in</title>", headers: { "content-type": "text/html" } }] as const,
          ["nothing", "Empty", { body: "" }] as const,
          ["another envelope", "Envelope", { body: foreignEnvelopes[styleOf(one)] }] as const
        ].filter(([, reason]) => reason !== "Empty" || !emptyAnswers.includes(Facts.routeOf(descriptor)))
      )("does not take %s for an answer", ([, reason, reply]) =>
        Effect.gen(function* () {
          const { result } = yield* exchange(call(input()), reply)
          const { _tag, ...error } = failureOf(result)
          assert.deepStrictEqual([_tag, "reason" in error && error.reason], ["DecodeError", reason])
        })
      )
    })
  })

  describe.each(Conformance.modelsOf(modules).map(({ name, schema }) => [name, schema] as const))(`${generation} %s`, (_, schema) => {
    const compiled = compile(schema)
    const encode = Schema.encodeSync(schema)
    const decode = Schema.decodeUnknownSync(schema)

    it.prop(
      "gives back what was encoded",
      [Arbitrary.make(schema)],
      ([value]) => assert.deepStrictEqual(Decoders.withoutProto(decode(encode(value))), Decoders.withoutProto(value)),
      { fastCheck: { numRuns: runs({ test: 10, sweep: 1000 }) } }
    )

    it.prop(
      "decodes or refuses as the ordinary decoder does, whatever went wrong",
      [FastCheck.oneof(Decoders.encoded(schema), Decoders.encodedAndMutated(schema))],
      ([text]) => Decoders.agree(schema, text, compiled),
      { fastCheck: { numRuns: runs({ test: 20, sweep: 2000 }) } }
    )
  })
}

/** What holds because the service is so. */
const conforms = <R>({ client, errors, generation, modules, slots }: Generation<R>, known: Known): void => {
  const { deviations, safeRoutes, sharedRoutes, tokenRoutes } = known
  const deviation = Deviations.lookup(deviations)
  const catalogue = Deviations.closing(deviations, Facts.catalogue(generation))
  const exported = Conformance.endpointsOf<R>(modules)
  const cases = Conformance.casesOf(exported, catalogue, Facts.fixtures(generation))

  describe(`${generation} as a whole`, () => {
    it("shows every endpoint as an export of a module", () => {
      assert.sameMembers(
        exported.map(({ descriptor }) => descriptor),
        [...Endpoint.listOf(modules)]
      )
    })

    it.each(exported.map((one) => [`${one.module}.${one.name}`, one.descriptor] as const))(
      "names %s after module and export",
      (path, descriptor) => {
        assert.strictEqual(descriptor.id, `${path[0]!.toLowerCase()}${path.slice(1)}`)
        assert.strictEqual(descriptor.generation, generation)
      }
    )

    it("has one endpoint a route, save where one route has two meanings", () => {
      const routes = exported.map(({ descriptor }) => Facts.routeOf(descriptor))
      assert.deepStrictEqual(routes.filter((route, at) => routes.indexOf(route) !== at).sort(), [...sharedRoutes].sort())
    })

    it("has every route that is known, and no other", () => {
      const known = new Set(catalogue.endpoints.map(Facts.routeOf))
      assert.deepStrictEqual([...new Set(exported.map(({ descriptor }) => Facts.routeOf(descriptor)))].sort(), [...known].sort())
    })

    it("has all that is known of every endpoint, and an example of each", () => {
      assert.sameMembers(
        cases.map(({ facts }) => facts.id),
        catalogue.endpoints.map(({ id }) => id)
      )
    })

    it.each(deviations.map(({ of, why }) => [why, of] as const))("deviates from what is known, and only from that: %s", (_, of) => {
      assert.isEmpty(of.filter((name) => !Facts.isKnown(catalogue, name)))
    })
  })

  layer(client, { excludeTestServices: true })(`${generation} conforms`, (it) => {
    describe.each(cases.map((one) => [one.title, one] as const))("%s", (_, one) => {
      const { call, descriptor, facts, fixture, types } = one
      const example = Conformance.exampleOf(one)
      const complete = Conformance.completeExampleOf(one)
      const input = Conformance.lazily(() => Conformance.inputOf(descriptor, example))
      const reply: Scripted.Reply = { body: facts.answer === null ? "" : fixture.response }
      const json = { contentType: "application/json" }

      it("is declared as documented", () => {
        const route = Facts.routeOf(descriptor)
        const { answer, auth, bodyType = null, paging, query, safe } = descriptor
        assert.deepStrictEqual(
          { query: Object.keys(query).sort(), bodyType, answer, paging, safe, auth },
          {
            query: Object.keys(facts.query).sort(),
            bodyType: facts.bodyType,
            answer: facts.answer === null ? "empty" : facts.answer === "bytes" ? "bytes" : "json",
            paging: facts.paging,
            safe: facts.method === "GET" || safeRoutes.includes(route),
            auth: !tokenRoutes.includes(route)
          }
        )
      })

      it.effect.each([
        ["the documented request", example],
        ["all that is documented", complete],
        ["what nobody knows yet, where it may be sent", Conformance.extendedExampleOf(one, "added-later")]
      ] as const)("sends exactly %s", ([, wire]) =>
        Effect.gen(function* () {
          const { result, sent } = yield* exchange(call(Conformance.inputOf(descriptor, wire)), reply)
          if (sent[0] === undefined) return assert.fail(String(failureOf(result)))
          const { body, headers, method, url } = sent[0]
          const contentType = headers["content-type"] ?? ""
          assert.deepStrictEqual([sent.length, method, url.origin], [1, facts.method, Scripted.options.baseUrl])
          assert.strictEqual(Conformance.targetSent(url), Conformance.targetOf(facts.path, wire, slots))
          if (wire.body === undefined) return assert.deepStrictEqual([body, contentType], ["", ""])
          assert.deepStrictEqual(Conformance.bodySent(descriptor.bodyType, contentType, body), wire.body)
        })
      )

      it.effect.each(facts.statuses.filter((status) => status < 300))("reads the documented answer with status %i", (status) =>
        Effect.gen(function* () {
          const { result } = yield* exchange(call(input()), { ...reply, status })
          const value = valueOf(result)
          if (descriptor.success === undefined) assert.strictEqual(value, facts.answer === null ? undefined : fixture.response)
          else assert.deepStrictEqual(Schema.encodeUnknownSync(descriptor.success)(value), fixture.response)
        })
      )

      it.effect.each(facts.statuses.filter((status) => status >= 300))("fails with status %i", (status) =>
        Effect.gen(function* () {
          const { result } = yield* exchange(call(input()), { status, body: errors })
          const error = failureOf(result)
          assert.deepInclude({ ...error }, { status, codes: ["SOMETHING_WRONG"] })
        })
      )

      it("takes absent, null, new and other values exactly where they may be", () => {
        const decode = Conformance.decodersOf(descriptor)
        const read = descriptor.success && Reading.value(descriptor.success)
        const disagreements = [
          { what: "query", type: types.query, value: complete.query, takes: (wire: Json) => Either.isRight(decode.query(wire)) },
          { what: "body", type: types.body, value: complete.body, takes: (wire: Json) => Either.isRight(decode.body(wire)) },
          {
            what: "answer",
            type: types.answer,
            value: types.answer && Types.completed(fixture.response, types.answer),
            takes: (wire: Json) => Either.isRight(read!({ ...json, text: JSON.stringify(wire) }))
          }
        ].flatMap(({ takes, type, value, what }) => {
          if (type === undefined || value === undefined) return []
          if (!takes(value)) return [`${what}: what is complete must be taken`]
          const places = Types.placesIn(value, type)
          const keptAsItCame = places.filter(({ place }) => deviation(descriptor.id, place, "other") === true)
          return places
            .filter(({ path }) => !keptAsItCame.some((kept) => Types.isWithin(path, kept.path)))
            .flatMap(({ path, place, ...field }) =>
              Types.changesOf(field).flatMap(({ change, may, to }) => {
                const expected = (change === "new" ? undefined : deviation(descriptor.id, place, change)) ?? may
                return takes(Types.changed(value, path, to)) === expected
                  ? []
                  : [`${what}: ${place} ${change} must be ${expected ? "taken" : "refused"}`]
              })
            )
        })
        assert.isEmpty(disagreements, [...new Set(disagreements)].join("\n"))
      })

      if (descriptor.success === undefined || types.answer === undefined) return
      const { success } = descriptor
      const { answer } = types

      it.effect("keeps fields that nobody knows yet", () =>
        Effect.gen(function* () {
          const body = Types.extended(fixture.response, answer, "added-later")
          const { result } = yield* exchange(call(input()), { body })
          assert.deepStrictEqual(Schema.encodeUnknownSync(success)(valueOf(result)), body)
        })
      )

      const style = styleOf(one)
      const isBareList = style === "list" && facts.method === "GET" && one.name.startsWith("list")

      it.effect.each(facts.paging !== "none" ? ["Stream", "Pages"] : isBareList ? ["Stream"] : [])("has its %s beside it", (kind) =>
        Effect.gen(function* () {
          const stream = one.siblings[`${one.name}${kind}`] as (input: object) => Stream.Stream<any, Conformance.WelkinError, R>
          const at = Conformance.pageFieldOf(facts, catalogue)
          const { items, marks } = lastPages[style]!
          const body = Conformance.withMarks(fixture.response, at, marks)
          const given = Object.entries(input()).filter(([name]) => !positions.has(name))
          const { result, sent } = yield* exchange(Stream.runCollect(stream(Object.fromEntries(given))), { body })
          const whole: any = Either.getOrThrow(Reading.value(success)({ ...json, text: JSON.stringify(body) }))
          const page = at === undefined ? whole : whole[at]
          assert.deepStrictEqual(
            Array.from(valueOf(result)).flatMap((one) => (kind === "Pages" ? one.items : [one])),
            items === undefined ? page : page[items]
          )
          assert.strictEqual(sent[0]!.url.pathname, Conformance.targetOf(facts.path, { ...example, query: {} }, slots))
        })
      )
    })
  })
}

const current: Generation<WelkinClient.WelkinClient> = {
  generation: "v8",
  modules: v8,
  tag: WelkinClient.WelkinClient,
  client: WelkinClient.layerWithoutToken(Scripted.options).pipe(
    Layer.provide([http, AccessToken.layerStatic(Redacted.make("token")), RetryPolicy.layer(RetryPolicy.none)])
  ),
  slots: { tenant: Scripted.options.tenant, instance: Scripted.options.instance },
  errors: [{ errorCode: "SOMETHING_WRONG", componentType: "CDT", message: "What went wrong.", details: {} }],
  emptyAnswers: []
}

const legacy: Generation<LegacyClient.LegacyClient> = {
  generation: "v1",
  modules: v1,
  tag: LegacyClient.LegacyClient,
  client: Layer.effect(LegacyClient.LegacyClient, LegacyClient.make({ baseUrl: Scripted.options.baseUrl! })).pipe(
    Layer.provide([http, LegacyToken.layerStatic(Redacted.make("token")), RetryPolicy.layer(RetryPolicy.none)])
  ),
  slots: {},
  errors: { errors: [{ status: 400, code: "bad_request", title: "What went wrong.", detail: "", extra: null }] },
  emptyAnswers: ["DELETE /v1/patient_tasks/{}"]
}

withstands(current)
withstands(legacy)

// the legacy service contradicts itself: test/v1/Conformance.test.ts holds that generation against all that is said of it
conforms(current, {
  sharedRoutes: ["POST /{}/{}/patients/{}/emails"],
  safeRoutes: ["POST /{}/{}/by-filter/patients", "POST /{}/admin/api_clients/{}"],
  tokenRoutes: ["POST /{}/admin/api_clients/{}"],
  deviations: Deviations.v8
})
