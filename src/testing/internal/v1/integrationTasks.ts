import * as Either from "effect/Either"
import * as Collection from "./collection.js"
import { jobId, integrationTasks as kind, refId, tasksOfJob } from "./population.js"

/** Tasks of one job lie together. */
const byJob: Collection.Filters[string] = (id, { setting: { population } }) => {
  const job = Number.parseInt(id.slice(-12), 16)
  const isOne = jobId(job, population) === id
  return Either.right({
    test: ({ job_id }) => job_id === id,
    among: isOne ? Array.from({ length: tasksOfJob }, (_, at) => job * tasksOfJob + at) : []
  })
}

const byRef: Collection.Filters[string] = (id) => {
  const index = Number(/^labs-(\d{1,9})$/.exec(id)?.[1])
  return Either.right({
    test: ({ ref_ids }) => (ref_ids as ReadonlyArray<string>).includes(id),
    among: refId(index) === id ? [index - 1, index].filter((one) => one >= 0) : []
  })
}

export const handlers = {
  "integrationTasks.get": Collection.get(kind),
  "integrationTasks.find": Collection.find(kind, {
    filters: { job_id: byJob, task_name: Collection.equal("task_name"), ref_id: byRef }
  })
}
