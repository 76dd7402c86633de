/**
 * The events of `/api/realtime/stream` (docs/protocol.md). Times are ISO-8601 in UTC. What another program wrote into the database may lack fields.
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
 * @property {any} senderId
 * @property {string} senderName
 * @property {string} senderType
 * @property {string} content
 * @property {string} createdAt
 *
 * @typedef {object} BookingStep  a booking of the user, as customer or as partner, was made, changed or deleted
 * @property {string} bookingId
 * @property {string} status  `pending`, `confirmed`, `completed` or `cancelled`
 * @property {string} paymentStatus  `unpaid`, `paid` or `refunded`
 * @property {string} [previousStatus]
 * @property {any} customerId
 * @property {any} partnerId
 * @property {string} serviceName
 * @property {string} startsAt
 * @property {number} amount
 * @property {string} updatedAt
 * @property {'created' | 'updated' | 'deleted'} operation
 *
 * @typedef {object} UserNotification  is meant for the user
 * @property {string} id
 * @property {string} title
 * @property {string} message
 * @property {string} kind
 * @property {string} [link]
 * @property {string} createdAt
 */

export {};
