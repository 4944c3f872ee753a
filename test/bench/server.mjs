// A process of its own that serves patient searches from memory: what is measured is the client.
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
  return { pages, credentials: { ...credentials, secretKey: secret.secret }, token }
}).pipe(Effect.provide(Simulator.layer({ seed: 1, patients })), Effect.scoped)

const { credentials, pages, token } = await Effect.runPromise(render)

const server = createServer((request, response) => {
  const url = new URL(request.url, "http://loopback")
  request.resume().once("end", () => {
    const body = url.pathname.includes("/admin/")
      ? Buffer.from(JSON.stringify({ token }))
      : pages.get(`${url.searchParams.get("page")} ${url.searchParams.get("size")}`)
    response
      .writeHead(body === undefined ? 404 : 200, { "content-type": "application/json", "content-length": body?.length ?? 0 })
      .end(body)
  })
})
server.listen(0, "127.0.0.1", () => {
  process.send({ ...credentials, baseUrl: `http://127.0.0.1:${server.address().port}`, token })
})
