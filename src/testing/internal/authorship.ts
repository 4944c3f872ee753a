/*
 * Who wrote a record and when. Over the API it is always the API client, whoever holds its token.
 */
import { instant } from "./json.js"
import type { Setting } from "./world.js"

/** The API client as an author. */
export const caller = ({ apiClient, apiClientId }: Setting) => ({ id: apiClientId, name: `API_CLIENT:${apiClient}` })

/** An author as population and caller name one. */
export interface Author {
  readonly id: string
  readonly name: string
}

export const updated = ({ id, name }: Author, at: number) => ({ updatedAt: instant(at), updatedBy: id, updatedByName: name })

export const created = ({ id, name }: Author, at: number) => ({
  createdAt: instant(at),
  createdBy: id,
  createdByName: name,
  ...updated({ id, name }, at)
})

/** The same, as data records spell it. */
export const rowUpdated = ({ id, name }: Author, at: number) => ({ updated_at: instant(at), updated_by: id, updated_by_name: name })

export const rowCreated = ({ id, name }: Author, at: number) => ({
  created_at: instant(at),
  created_by: id,
  created_by_name: name,
  ...rowUpdated({ id, name }, at)
})
