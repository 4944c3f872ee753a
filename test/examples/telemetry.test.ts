// Traces and metrics of every call, to any collector that speaks OTLP: one layer of the application, and nothing to tell the SDK.
import * as Http from "node:http"
import type { AddressInfo } from "node:net"
import * as Otlp from "@effect/opentelemetry/Otlp"
import * as FetchHttpClient from "@effect/platform/FetchHttpClient"
import { assert, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as Redacted from "effect/Redacted"
import * as Stream from "effect/Stream"
import { Simulator } from "effect-welkin/testing"
import { Patients } from "effect-welkin/v8"

/** What an application provides to its program. What is left in the buffers is sent when the program ends. */
const Telemetry = (collector: string) =>
  Otlp.layerJson({
    baseUrl: collector,
    resource: { serviceName: "nightly-sync", serviceVersion: "1.0.0" },
    // logs go to the collector in the place of the console
    replaceLogger: Logger.defaultLogger
  }).pipe(Layer.provide(FetchHttpClient.layer))

/** A program as an application has one: it reads and writes, and not everything goes well. */
const sync = Effect.gen(function* () {
  const { credentials, patientId } = yield* Simulator.Simulator
  const patient = yield* Patients.get({ patientId: patientId(0) })
  yield* Patients.create({ body: { firstName: "Canary", lastName: "Sample", email: "canary@mail.example" } })
  const names = yield* Stream.runCollect(Stream.map(Patients.listStream({ size: 5 }), ({ lastName }) => lastName))
  const error = yield* Effect.flip(Patients.get({ patientId: "canary-id" }))
  yield* Effect.logError("A patient is not there", error)
  return {
    error,
    secrets: [patientId(0), patient.firstName, patient.lastName, patient.email, ...names, Redacted.value(credentials.secretKey), "Bearer "]
  }
}).pipe(Effect.withSpan("sync"))

/** A collector on this machine, which keeps what it is sent. */
const collector = Effect.acquireRelease(
  Effect.async<{ readonly server: Http.Server; readonly received: Record<string, Array<string>> }>((resume) => {
    const received: Record<string, Array<string>> = { "/v1/traces": [], "/v1/metrics": [], "/v1/logs": [] }
    const server = Http.createServer((request, response) => {
      const parts: Array<Buffer> = []
      request.on("data", (part) => parts.push(part))
      request.on("end", () => {
        received[request.url ?? ""]?.push(Buffer.concat(parts).toString("utf8"))
        response.writeHead(200, { "content-type": "application/json" }).end("{}")
      })
    })
    server.listen(0, "127.0.0.1", () => resume(Effect.succeed({ server, received })))
  }),
  ({ server }) =>
    Effect.async<void>((resume) => {
      server.close(() => resume(Effect.void))
      server.closeAllConnections()
    })
)

/** Its attributes; not those of the exporter itself, which marks every span that failed as interrupted. */
const attributesOf = (one: any): Record<string, unknown> =>
  Object.fromEntries(
    one.attributes
      .filter(({ key }: any) => key !== "span.label" && key !== "status.interrupted")
      .map(({ key, value }: any) => [key, value.stringValue ?? Number(value.intValue ?? value.doubleValue)])
  )

it.scopedLive("a collector gets a span a call and the metrics of all, and no value of a record", () =>
  Effect.gen(function* () {
    const { received, server } = yield* collector
    const { port } = server.address() as AddressInfo
    const { error, secrets } = yield* sync.pipe(
      Effect.provide(Simulator.layerClient({ seed: 1, patients: 12 })),
      Effect.provide(Telemetry(`http://127.0.0.1:${port}`))
    )
    assert.strictEqual(error._tag, "NotFound")

    const spans: ReadonlyArray<any> = received["/v1/traces"]!.flatMap((body) =>
      JSON.parse(body).resourceSpans.flatMap((resource: any) => resource.scopeSpans.flatMap((scope: any) => scope.spans))
    )
    const parent = spans.find(({ name }) => name === "sync")
    const gets = spans.filter(({ name }) => name === "welkin.patients.get")
    const call = {
      "welkin.endpoint": "patients.get",
      "http.request.method": "GET",
      "http.route": "/{tenant}/{instance}/patients/{patientId}",
      "welkin.attempts": 1
    }
    assert.deepEqual(gets.map(attributesOf), [
      { ...call, "http.response.status_code": 200 },
      { ...call, "http.response.status_code": 404, "error.type": "NotFound" }
    ])
    assert.isTrue(
      gets.every(({ kind, parentSpanId, traceId }) => kind === 3 && parentSpanId === parent.spanId && traceId === parent.traceId)
    )
    assert.strictEqual(spans.filter(({ name }) => name === "welkin.patients.list").length, 3)

    const metrics: ReadonlyArray<any> = received["/v1/metrics"]!.flatMap((body) =>
      JSON.parse(body).resourceMetrics.flatMap((resource: any) => resource.scopeMetrics.flatMap((scope: any) => scope.metrics))
    )
    const pointsOf = (name: string): ReadonlyArray<any> => metrics.find((metric) => metric.name === name)?.sum.dataPoints ?? []
    const read = pointsOf("welkin.records").find((point) => attributesOf(point)["welkin.endpoint"] === "patients.list")
    assert.strictEqual(read.asDouble, 13)
    assert.deepEqual(pointsOf("welkin.failures").map(attributesOf), [{ "http.request.method": "GET", "error.type": "NotFound" }])
    assert.includeMembers(
      metrics.map(({ name }) => name),
      ["welkin.calls", "welkin.bytes", "welkin.call.duration"]
    )

    const all = Object.values(received).flat().join("\n")
    assert.include(all, "A patient is not there")
    for (const secret of [...secrets, "anary", "mail.example"]) {
      if (secret !== null && secret !== undefined && secret !== "") assert.notInclude(all, secret)
    }
  })
)
