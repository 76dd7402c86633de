/**
 * The events of `/api/realtime/stream` (docs/protocol.md). Times are ISO-8601 in UTC. Any program may write into the database; what a document does not have
 * is null.
 *
 * @typedef {object} Connected  the first event of each line
 * @property {string} connectionId
 * @property {number} userId
 * @property {string[]} roles
 * @property {string} timestamp
 *
 * @typedef {object} ChatMessage  was written in a room that the user takes part in
 * @property {string} id
 * @property {string} roomId
 * @property {number | string | null} senderId  a number if it is a user
 * @property {string | null} senderName
 * @property {string} senderType
 * @property {string} content
 * @property {string} createdAt
 *
 * @typedef {object} BookingStep  a booking of the user, as customer or as partner, was made, changed or deleted
 * @property {string} bookingId
 * @property {string | null} status  `pending`, `confirmed`, `completed` or `cancelled`
 * @property {string | null} paymentStatus  `unpaid`, `paid` or `refunded`
 * @property {string | null} previousStatus
 * @property {number | null} customerId
 * @property {number | null} partnerId
 * @property {string | null} serviceName
 * @property {string | null} startsAt
 * @property {number | null} amount
 * @property {string} updatedAt
 * @property {'created' | 'updated' | 'deleted'} operation
 *
 * @typedef {object} UserNotification  is meant for the user
 * @property {string} id
 * @property {string | null} title
 * @property {string | null} message
 * @property {string | null} kind
 * @property {string | null} link
 * @property {string} createdAt
 */

export {};
