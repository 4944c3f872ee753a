// A process of its own that serves patients from memory, page by page and a small one by itself: what is measured is the client.
import { createServer } from "node:http"
import * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { Simulator } from "../../dist/testing/index.js"

const [patients, ...sizes] = process.argv.slice(2).map(Number)

const render = Effect.gen(function* () {
  const { credentials, httpClient } = yield* Simulator.Simulator
  const base = `${credentials.baseUrl}/${credentials.tenant}`
  const send = (request) => Effect.flatMap(httpClient.execute(request), (response) => response.text)
  const secret = { secret: Redacted.value(credentials.secretKey) }
  const token = JSON.parse(
    yield* send(HttpClientRequest.post(`${base}/admin/api_clients/${credentials.apiClient}`).pipe(HttpClientRequest.bodyUnsafeJson(secret)))
  ).token
  const pages = new Map()
  for (const size of sizes) {
    for (let page = 0; page * size < patients; page++) {
      const target = `/${credentials.instance}/by-filter/patients?page=${page}&size=${size}`
      const text = yield* send(
        HttpClientRequest.post(base + target).pipe(HttpClientRequest.bearerToken(token), HttpClientRequest.bodyUnsafeJson({}))
      )
      pages.set(`${page} ${size}`, Buffer.from(text))
    }
  }
  const [patient] = JSON.parse(pages.get(`0 ${sizes[0]}`)).content.sort((a, b) => JSON.stringify(a).length - JSON.stringify(b).length)
  return { pages, patient, credentials: { ...credentials, secretKey: secret.secret }, token }
}).pipe(Effect.provide(Simulator.layer({ seed: 1, patients })), Effect.scoped)

const { credentials, pages, patient, token } = await Effect.runPromise(render)

const single = Buffer.from(JSON.stringify(patient))

const bodyOf = (url) => {
  if (url.pathname.includes("/admin/")) return Buffer.from(JSON.stringify({ token }))
  return url.pathname.endsWith(`/patients/${patient.id}`)
    ? single
    : pages.get(`${url.searchParams.get("page")} ${url.searchParams.get("size")}`)
}

const server = createServer((request, response) => {
  const url = new URL(request.url, "http://loopback")
  request.resume().once("end", () => {
    const body = bodyOf(url)
    response
      .writeHead(body === undefined ? 404 : 200, { "content-type": "application/json", "content-length": body?.length ?? 0 })
      .end(body)
  })
})
server.listen(0, "127.0.0.1", () => {
  process.send({ ...credentials, baseUrl: `http://127.0.0.1:${server.address().port}`, token, patientId: patient.id })
})
