/*
 * The goals of care plans, as they are kept.
 */
import { created, updated } from "./authorship.js"
import * as Designer from "./designer.js"
import * as Ids from "./ids.js"
import { instant, type JsonObject } from "./json.js"
import { hashText } from "./random.js"
import * as Records from "./records.js"

export interface Goal extends JsonObject {
  readonly id: string
  readonly updatedAt: string
  readonly status: string
}

export interface Comment extends JsonObject {
  readonly id: string
  readonly text: string
}

/** A goal with whose plan it stands in and what was said about it. The goal itself tells neither. */
export interface Kept {
  readonly id: string
  readonly patientId: string
  readonly goal: Goal
  readonly comments: ReadonlyArray<Comment>
}

/** What a goal takes over from its template. */
export const fromTemplate = ({ goalName, name, priority, type }: Designer.GoalTemplate) => ({
  name: goalName,
  type,
  priority,
  status: "ACTIVE",
  templateName: name
})

/** The id of one more comment. */
export const commentId = (goalId: string, at: string): string => Ids.named(hashText(`${goalId} ${at}`))

/** Authors of a care plan go by their names alone. */
export const named = <A extends { readonly createdBy: unknown; readonly updatedBy: unknown }>({
  createdBy: _,
  updatedBy: __,
  ...rest
}: A) => rest

/** All goals. */
export const kind: Records.Kind<Kept> = Records.kind<Kept>({
  name: "carePlanGoal",
  slots: 2,
  make: ({ createdAt, draws, id, patientId, updatedAt }, { authors }) => {
    if (draws.chance(50)) return undefined
    const [[, byName], [, againName]] = [draws.pick(authors), draws.pick(authors)]
    const said = named(created({ id: "", name: byName }, createdAt + 1000))
    return {
      id,
      patientId,
      goal: {
        id,
        ...named({ ...created({ id: "", name: byName }, createdAt), ...updated({ id: "", name: againName }, updatedAt) }),
        ...fromTemplate(draws.pick(Designer.goalTemplates)),
        status: draws.pick(["ACTIVE", "ACTIVE", "COMPLETED", "REMOVED"])
      },
      comments: draws.chance(40) ? [{ id: commentId(id, instant(createdAt + 1000)), ...said, text: "Good first week. 頑張って" }] : []
    }
  },
  changedAt: ({ goal }) => goal.updatedAt,
  patientOf: ({ patientId }) => patientId
})
