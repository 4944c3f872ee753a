/** A resource that Welkin does not have, with an endpoint of every kind: what the kernel does is tested on it. */
import * as Schema from "effect/Schema"
import * as Codecs from "../../src/Codecs.js"
import * as Endpoint from "../../src/Endpoint.js"
import * as Pagination from "../../src/Pagination.js"
import { WelkinClient } from "../../src/WelkinClient.js"

export const endpoint = Endpoint.forClient(WelkinClient, "v8")

const NoteId = Codecs.id("NoteId")

export const Note = Codecs.open<Note>()({
  id: NoteId,
  text: Codecs.optional(Schema.NullOr(Schema.String)),
  writtenAt: Codecs.optional(Codecs.Instant),
  stars: Codecs.optional(Schema.Int)
})
export interface Note extends Schema.Struct.Type<(typeof Note)["fields"]> {}

const path = { noteId: Codecs.Id }

export const get = endpoint.get("notes.get", "/{tenant}/{instance}/notes/{noteId}", { path, success: Note })

export const list = endpoint.get("notes.list", "/{tenant}/{instance}/notes", {
  query: { ...Pagination.springQuery, author: Schema.optional(Schema.String) },
  success: Pagination.springPage(Note)
})

export const create = endpoint.post("notes.create", "/{tenant}/{instance}/notes", {
  body: Codecs.closed<{ readonly text: string }>()({ text: Schema.String }),
  success: Note
})

export const remove = endpoint.del("notes.remove", "/{tenant}/{instance}/notes/{noteId}", { path })

export const upload = endpoint.post("notes.upload", "/{tenant}/{instance}/notes/{noteId}/files", {
  path,
  body: Schema.Struct({
    title: Schema.optional(Schema.String),
    public: Schema.optional(Schema.Boolean),
    files: Schema.Array(Codecs.File)
  }),
  bodyType: "multipart"
})

export const file = endpoint.download("notes.file", "/{tenant}/{instance}/notes/{noteId}/file", { path })
