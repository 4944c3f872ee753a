/** Calendar events and encounters as the service sends them, with as little in them as it allows. */

export const user = {
  id: "user-row",
  participantId: "u-1",
  participantRole: "psm",
  participationStatus: "",
  attended: false,
  timezone: "US/Pacific",
  firstName: "Sample",
  lastName: "Host",
  deleted: false,
  hasAccess: true,
  email: "host@clinic.example",
  phone: "",
  gender: null,
  birthDate: null,
  enabled: true
}

export const event = {
  id: "ev-1",
  createdBy: null,
  createdAt: "2030-01-02T03:04:05.006Z",
  updatedBy: null,
  updatedAt: "2030-01-02T03:04:05.006Z",
  externalId: null,
  externalIdUpdatedAt: "2030-01-02T03:04:05.006Z",
  eventTitle: null,
  eventDescription: null,
  startDateTime: "2030-03-06T16:00:00.000Z",
  localStartDateTime: "2030-03-06T08:00:00.000-08:00",
  endDateTime: "2030-03-06T16:30:00.000Z",
  localEndDateTime: "2030-03-06T08:30:00.000-08:00",
  allDayEvent: false,
  duration: 1800,
  eventType: null,
  eventStatus: null,
  eventMode: null,
  eventColor: null,
  hostId: "u-1",
  timezone: null,
  additionalInfo: null,
  participants: [user]
}

/** As in lists by user: without what the record's data type adds. */
export const reducedEncounter = {
  id: "en-1",
  patientId: "p-1",
  cdtId: null,
  version: null,
  cdtName: null,
  jsonBody: {
    title: "First visit",
    description: "",
    status: "DRAFT",
    type: "etmp-first-visit",
    templateName: null,
    templateTitle: null,
    instruction: "",
    notes: null,
    startDatetime: null,
    endDatetime: null,
    calendarEventId: null,
    calendarEvent: null,
    currentScheduledAppointment: null,
    calendarEventStartDatetime: null,
    dispositionId: null,
    ownerUserId: null,
    ownerUserName: null,
    activeUserId: null,
    activeUserName: null
  }
}

export const encounter = {
  ...reducedEncounter,
  cdtId: "cdt-1",
  version: 12,
  cdtName: "__encounter__",
  jsonBody: {
    ...reducedEncounter.jsonBody,
    id: "en-1",
    created_at: "2030-01-02T03:04:05.006Z",
    created_by: null,
    created_by_name: "API_CLIENT:SAMPLE",
    updated_at: "2030-01-02T03:04:05.006Z",
    updated_by: null,
    updated_by_name: null,
    source_id: null,
    source_name: null,
    source_type: null,
    external_id: null,
    external_guid: null
  }
}

export const disposition = {
  id: "di-1",
  patientId: "p-1",
  cdtId: "cdt-2",
  version: 12,
  cdtName: "__encounter_disposition__",
  jsonBody: {
    id: "di-1",
    source_id: "en-1",
    source_name: "__encounter__",
    source_type: "ENCOUNTER",
    external_id: null,
    external_guid: null,
    created_at: "2030-01-02T03:04:05.006Z",
    created_by: null,
    created_by_name: null,
    updated_at: "2030-01-02T03:04:05.006Z",
    updated_by: null,
    updated_by_name: null
  }
}
