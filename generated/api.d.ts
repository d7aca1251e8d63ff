/**
 * The types of the HTTP API, generated from its OpenAPI document by `npm run generate:api-types`.
 * Do not edit.
 */

export interface paths {
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Reports metrics in the format of Prometheus.
         * @description On an address that others can reach, it requires the token of an admin. On loopback and on OPERATIONS_PORT it is open. Needs no token.
         */
        get: operations["metrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Reports whether the process is alive.
         * @description Needs no token.
         */
        get: operations["live"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Reports whether the process can do its work, and the health of its parts.
         * @description Needs no token.
         */
        get: operations["ready"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tickets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists tickets: filter, sort, page.
         * @description Roles: customer, engineer, lead, auditor, reporter.
         */
        get: operations["listTickets"];
        put?: never;
        /**
         * Creates a ticket.
         * @description Roles: customer, engineer, lead.
         */
        post: operations["create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tickets/{ticketId}/handle": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes a ticket.
         * @description Roles: customer, engineer, lead.
         */
        post: operations["handle"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tickets/{ticketId}/assign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Gives a pending ticket to an engineer.
         * @description Roles: customer, engineer, lead.
         */
        post: operations["assign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tickets/{ticketId}/forward": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Passes a ticket to another engineer.
         * @description Roles: customer, engineer, lead.
         */
        post: operations["forward"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tickets/{ticketId}/request-feedback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Asks the customer a question and waits for the reply.
         * @description Roles: customer, engineer, lead.
         */
        post: operations["request-feedback"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tickets/{ticketId}/provide-feedback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Answers a question of the handler.
         * @description Roles: customer, engineer, lead.
         */
        post: operations["provide-feedback"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tickets/{ticketId}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Adds a message of the customer.
         * @description Roles: customer, engineer, lead.
         */
        post: operations["messages"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tickets/{ticketId}/notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Adds a note that customers never see.
         * @description Roles: customer, engineer, lead.
         */
        post: operations["notes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tickets/{ticketId}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resumes the ticket after a reply of the customer.
         * @description Roles: customer, engineer, lead.
         */
        post: operations["resume"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tickets/{ticketId}/resolve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Submits a resolution for the customer to confirm.
         * @description Roles: customer, engineer, lead.
         */
        post: operations["resolve"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tickets/{ticketId}/withdraw-resolution": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Withdraws the resolution.
         * @description Roles: customer, engineer, lead.
         */
        post: operations["withdraw-resolution"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tickets/{ticketId}/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirms the resolution, which closes the ticket.
         * @description Roles: customer, engineer, lead.
         */
        post: operations["confirm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tickets/{ticketId}/reject-resolution": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reports that the issue is not resolved.
         * @description Roles: customer, engineer, lead.
         */
        post: operations["reject-resolution"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tickets/{ticketId}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancels a ticket that no engineer has taken.
         * @description Roles: customer, engineer, lead.
         */
        post: operations["cancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tickets/{ticketId}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Closes a ticket without the customer.
         * @description Roles: customer, engineer, lead.
         */
        post: operations["close"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tickets/{ticketId}/severity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sets the severity.
         * @description Roles: customer, engineer, lead.
         */
        post: operations["severity"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tickets/{ticketId}/evaluate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rates a closed ticket, once.
         * @description Roles: customer, engineer, lead.
         */
        post: operations["evaluate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/commands": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sends up to 1,000 commands at once.
         * @description Roles: customer, engineer, lead.
         */
        post: operations["commands"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/services/{serviceId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows a service with its owners.
         * @description Roles: customer, engineer, lead, admin, auditor, reporter.
         */
        get: operations["showService"];
        /**
         * Registers or changes a service.
         * @description Roles: admin.
         */
        put: operations["putService"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/services/{serviceId}/owners": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Names a service's owners.
         * @description Roles: admin, lead.
         */
        put: operations["configureOwners"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/engineers/{engineerId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Registers or changes an engineer.
         * @description Roles: admin.
         */
        put: operations["putEngineer"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/log/accept-loss": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accepts that acknowledged events are lost, so that commands go on. A repeat is harmless.
         * @description Roles: admin.
         */
        post: operations["acceptLogLoss"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tickets/{ticketId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows a ticket and the commands that the caller may give.
         * @description Roles: customer, engineer, lead, auditor.
         */
        get: operations["showTicket"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tickets/{ticketId}/entries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the messages and notes of a ticket, from the latest page to the first.
         * @description Roles: customer, engineer, lead, auditor.
         */
        get: operations["listEntries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tickets/{ticketId}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows a ticket's events, oldest first.
         * @description Roles: customer, engineer, lead, auditor.
         */
        get: operations["history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/todos": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the tickets that wait for the caller, longest first.
         * @description Roles: customer, engineer, lead.
         */
        get: operations["todos"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/services": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the services with their owners.
         * @description Roles: customer, engineer, lead, admin, auditor, reporter.
         */
        get: operations["listServices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/owners": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists engineers, their services, their tickets.
         * @description Roles: engineer, lead, admin, auditor, reporter.
         */
        get: operations["listOwners"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/owners/{engineerId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows an engineer, their services, their tickets.
         * @description Roles: engineer, lead, admin, auditor, reporter.
         */
        get: operations["showOwner"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/engineers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the engineers who are registered.
         * @description Roles: engineer, lead, admin, auditor, reporter.
         */
        get: operations["listEngineers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows who the caller is: id, name, roles, commands.
         * @description Roles: customer, engineer, lead, admin, auditor, reporter, privacy_officer.
         */
        get: operations["showMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/projections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the projections with their position, lag and failures.
         * @description Roles: admin.
         */
        get: operations["listProjections"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/consumers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the position, lag, holder and failures of projections and policies.
         * @description Roles: admin.
         */
        get: operations["listConsumers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/projections/{name}/rebuild": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rebuilds a projection or policy while its old copy serves.
         * @description Roles: admin.
         */
        post: operations["rebuildProjection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/projections/{name}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Retries parked streams; a projection that counts across streams is rebuilt.
         * @description Roles: admin.
         */
        post: operations["retryProjection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Counts tickets by state, in all and by group.
         * @description Roles: engineer, lead, admin, auditor, reporter.
         */
        get: operations["reportSummary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/flow": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Counts created, closed, canceled and open tickets by hour, day or week.
         * @description Roles: engineer, lead, admin, auditor, reporter.
         */
        get: operations["reportFlow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/durations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Measures how long tickets take, without the time they wait for the customer.
         * @description Roles: engineer, lead, admin, auditor, reporter.
         */
        get: operations["reportDurations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/satisfaction": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Counts the ratings of customers.
         * @description Roles: engineer, lead, admin, auditor, reporter.
         */
        get: operations["reportSatisfaction"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Streams the events that the caller may see, as server-sent events.
         * @description Roles: customer, engineer, lead, admin, auditor, reporter.
         */
        get: operations["followEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        LiveAnswer: {
            /** @enum {string} */
            status: "ok";
        };
        ReadyAnswer: {
            /** @enum {string} */
            status: "ok" | "degraded" | "unavailable";
            /**
             * @description The state of each part in words: only on loopback, on OPERATIONS_PORT, or for an admin.
             * @example {
             *       "log": "ok",
             *       "consumers": "ok"
             *     }
             */
            parts?: {
                [key: string]: string;
            };
        };
        CreateRequest: {
            /** @example vpn */
            serviceId: string;
            /**
             * Format: line
             * @example spam
             */
            issueType?: string;
            /**
             * Format: text
             * @example The VPN client does not connect.
             */
            description: string;
            contact?: components["schemas"]["ContactRequest"];
            agreement?: components["schemas"]["AgreementRequest"];
            /**
             * Format: uuid
             * @example 01a20d40-5c6f-77b9-9b43-08cd4da7132c
             */
            previousTicketId?: string;
            onBehalfOf?: components["schemas"]["CustomerRequest"];
            acknowledgeSensitive?: boolean;
        };
        TicketCommandAnswer: {
            /**
             * @description Counts the events of a stream, from 0.
             * @example 5
             */
            revision: number;
            /**
             * @description A position in the log, to send as minPosition.
             * @example 4711
             */
            position: string;
            /**
             * @description The types of the events that the command caused; empty for a harmless repeat.
             * @example [
             *       "TicketForwarded"
             *     ]
             */
            events: string[];
            /**
             * Format: uuid
             * @example 01a20d40-5c6f-77b9-9b43-08cd4da7132c
             */
            ticketId: string;
            /**
             * @description The reference that people use for the ticket.
             * @example ST-R8SN6-TE4SC
             */
            reference: string;
            /** @enum {string} */
            state: "pending" | "processing" | "pending_feedback" | "pending_reply" | "pending_confirmation" | "canceled" | "closed";
        };
        OptionalReasonRequest: {
            /**
             * Format: text
             * @example It works again.
             */
            reason?: string;
        };
        AssignRequest: {
            /**
             * Format: actor-id
             * @example bob
             */
            engineerId: string;
        };
        ForwardRequest: {
            /**
             * Format: actor-id
             * @example bob
             */
            engineerId: string;
            /**
             * Format: text
             * @example It works again.
             */
            reason?: string;
        };
        MessageRequest: {
            /**
             * Format: text
             * @example Since when does it fail?
             */
            message: string;
        };
        AddNoteRequest: {
            /**
             * Format: text
             * @example The customer called twice.
             */
            text: string;
        };
        ResolveRequest: {
            /**
             * Format: text
             * @example The certificate had expired; it is renewed.
             */
            summary: string;
        };
        ReasonRequest: {
            /**
             * Format: text
             * @example It works again.
             */
            reason: string;
        };
        ConfirmRequest: {
            /**
             * @description From 1 (bad) to 5 (good).
             * @example 5
             */
            rating?: number;
            /**
             * Format: text
             * @example Quick help.
             */
            comment?: string;
        };
        SetSeverityRequest: {
            /** @enum {string} */
            severity: "critical" | "high" | "medium" | "low";
        };
        EvaluateRequest: {
            /**
             * @description From 1 (bad) to 5 (good).
             * @example 5
             */
            rating: number;
            /**
             * Format: text
             * @example Quick help.
             */
            comment?: string;
        };
        BatchAnswer: {
            /**
             * @description Counts the events of a stream, from 0.
             * @example 5
             */
            revision: number;
            /**
             * @description A position in the log, to send as minPosition.
             * @example 4711
             */
            position: string;
            /**
             * @description The types of the events that the command caused; empty for a harmless repeat.
             * @example [
             *       "TicketForwarded"
             *     ]
             */
            events: string[];
            /**
             * Format: uuid
             * @example 01a20d40-5c6f-77b9-9b43-08cd4da7132c
             */
            ticketId: string;
            /**
             * @description The reference that people use for the ticket.
             * @example ST-R8SN6-TE4SC
             */
            reference: string;
            /** @enum {string} */
            state: "pending" | "processing" | "pending_feedback" | "pending_reply" | "pending_confirmation" | "canceled" | "closed";
            /**
             * @description The HTTP status that the command alone would have.
             * @enum {integer}
             */
            status: 200 | 201;
            /** @description Present where this is the answer of an earlier request. */
            replayed?: boolean;
        };
        BatchCommand: {
            /** @enum {string} */
            command: "create" | "handle" | "assign" | "forward" | "request-feedback" | "provide-feedback" | "messages" | "notes" | "resume" | "resolve" | "withdraw-resolution" | "confirm" | "reject-resolution" | "cancel" | "close" | "severity" | "evaluate";
            /**
             * Format: uuid
             * @description Required but for create, which takes none.
             * @example 01a20d40-5c6f-77b9-9b43-08cd4da7132c
             */
            ticketId?: string;
            /**
             * @description Like the header Idempotency-Key, for this line.
             * @example c0ffee-1
             */
            idempotencyKey?: string;
            /**
             * @description Like the header If-Match, for this line.
             * @example 5
             */
            ifMatch?: number;
        };
        PutServiceRequest: {
            /**
             * Format: line
             * @example VPN
             */
            name: string;
            issueTypes?: string[];
            active?: boolean;
        };
        ServiceCommandAnswer: {
            /**
             * @description Counts the events of a stream, from 0.
             * @example 5
             */
            revision: number;
            /**
             * @description A position in the log, to send as minPosition.
             * @example 4711
             */
            position: string;
            /**
             * @description The types of the events that the command caused; empty for a harmless repeat.
             * @example [
             *       "TicketForwarded"
             *     ]
             */
            events: string[];
            /** @example vpn */
            serviceId: string;
        };
        ConfigureOwnersRequest: {
            engineerIds: string[];
        };
        PutEngineerRequest: {
            /**
             * Format: line
             * @example Bob Brown
             */
            displayName: string;
            /**
             * Format: email
             * @example bob@example.com
             */
            email: string;
            active?: boolean;
        };
        EngineerCommandAnswer: {
            /**
             * @description Counts the events of a stream, from 0.
             * @example 5
             */
            revision: number;
            /**
             * @description A position in the log, to send as minPosition.
             * @example 4711
             */
            position: string;
            /**
             * @description The types of the events that the command caused; empty for a harmless repeat.
             * @example [
             *       "TicketForwarded"
             *     ]
             */
            events: string[];
            /** @example bob */
            engineerId: string;
        };
        LogLossAnswer: {
            /**
             * @description The number of lost events; null if it is unknown.
             * @example 3
             */
            events: number | null;
            /**
             * @description How many are known to be lost, where more may be.
             * @example 3
             */
            atLeastEvents?: number;
            /**
             * Format: date-time
             * @description The time of the last event left; null if all are lost or it is unknown.
             * @example 2026-11-24T12:00:00.000Z
             */
            since: string | null;
            /**
             * Format: date-time
             * @description When the last lost event was acknowledged.
             * @example 2026-11-24T12:00:00.000Z
             */
            until: string;
            /**
             * @description The position of the last lost event.
             * @example 4714
             */
            acknowledgedPosition: string;
            /**
             * @description The end of the log when the loss was found; -1 if it was empty.
             * @example 4711
             */
            endPosition: string;
        };
        LossAccepted: {
            /** @description Null if nothing was lost. */
            loss: components["schemas"]["LogLossAnswer"] | null;
            /**
             * @description The position of the event that records it.
             * @example 4711
             */
            position: string | null;
        };
        ServiceName: {
            /** @example vpn */
            id: string;
            /** @example VPN */
            name: string;
        };
        TicketRequester: {
            /** @example alice */
            id: string;
            /**
             * @description The customer's organisation.
             * @example acme
             */
            tenant: string | null;
        };
        TicketItem: {
            /**
             * Format: uuid
             * @example 01a20d40-5c6f-77b9-9b43-08cd4da7132c
             */
            ticketId: string;
            /**
             * @description The reference that people use for the ticket.
             * @example ST-R8SN6-TE4SC
             */
            reference: string;
            /** @enum {string} */
            state: "pending" | "processing" | "pending_feedback" | "pending_reply" | "pending_confirmation" | "canceled" | "closed";
            /**
             * @description Counts the events of a stream, from 0.
             * @example 5
             */
            revision: number;
            service: components["schemas"]["ServiceName"];
            /** @example spam */
            issueType: string | null;
            /** @enum {string|null} */
            severity: "critical" | "high" | "medium" | "low" | null;
            requester: components["schemas"]["TicketRequester"];
            /**
             * @description The engineers to whom the ticket was dispatched.
             * @example [
             *       "bob"
             *     ]
             */
            owners: string[];
            /**
             * @description The engineer who has taken the ticket.
             * @example bob
             */
            handler: string | null;
            /** @enum {string|null} */
            closeReason: "confirmed" | "unconfirmed" | "forced" | null;
            /**
             * Format: date-time
             * @example 2026-11-24T12:00:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description The time of the ticket's last event.
             * @example 2026-11-24T12:00:00.000Z
             */
            updatedAt: string;
            /**
             * @description The commands that the caller may give, at the time that the answer shows.
             * @example [
             *       "handle",
             *       "notes"
             *     ]
             */
            allowed: string[];
            /**
             * @description The beginning of the description, on one line. Omitted for actors who may not read texts.
             * @example The sensor in hall 3 alarms every night.
             */
            excerpt?: string;
            /**
             * Format: date-time
             * @description The time of the last message between the desk and the customer.
             * @example 2026-11-24T12:00:00.000Z
             */
            lastMessageAt: string | null;
            /**
             * Format: date-time
             * @description Since when it has been the customer's turn (pending_feedback, pending_confirmation), or the desk's; null after the end.
             * @example 2026-11-24T12:00:00.000Z
             */
            waitingSince: string | null;
        };
        TicketList: {
            /**
             * @description The position that the read models had reached.
             * @example 4711
             */
            position: string;
            /**
             * @description The cursor of the next page; null on the last page.
             * @example WyIyMDI2LTExLTI0Il0
             */
            nextCursor: string | null;
            items: components["schemas"]["TicketItem"][];
        };
        TicketAuthor: {
            /** @example bob */
            id: string;
            /** @example engineer */
            role: string;
        };
        TicketMessage: {
            /** @enum {string} */
            kind: "feedback_requested" | "feedback_provided" | "message";
            author: components["schemas"]["TicketAuthor"];
            /** @example Since when does it fail? */
            message: string;
            /**
             * Format: date-time
             * @example 2026-11-24T12:00:00.000Z
             */
            at: string;
            /**
             * @description Counts the events of a stream, from 0.
             * @example 5
             */
            revision: number;
        };
        TicketNote: {
            author: components["schemas"]["TicketAuthor"];
            /** @example The customer called twice. */
            text: string;
            /**
             * Format: date-time
             * @example 2026-11-24T12:00:00.000Z
             */
            at: string;
            /**
             * @description Counts the events of a stream, from 0.
             * @example 5
             */
            revision: number;
        };
        TicketResolution: {
            /** @example The certificate had expired; it is renewed. */
            summary: string;
            /**
             * @description The engineer who resolved the ticket.
             * @example bob
             */
            by: string;
            /**
             * Format: date-time
             * @example 2026-11-24T12:00:00.000Z
             */
            at: string;
        };
        TicketEvaluation: {
            /**
             * @description From 1 (bad) to 5 (good).
             * @enum {integer|null}
             */
            rating: 1 | 2 | 3 | 4 | 5 | null;
            /** @example Quick help. */
            comment: string | null;
            /**
             * Format: date-time
             * @example 2026-11-24T12:00:00.000Z
             */
            at: string;
        };
        TicketPage: {
            /**
             * Format: uuid
             * @example 01a20d40-5c6f-77b9-9b43-08cd4da7132c
             */
            ticketId: string;
            /**
             * @description The reference that people use for the ticket.
             * @example ST-R8SN6-TE4SC
             */
            reference: string;
            /** @enum {string} */
            state: "pending" | "processing" | "pending_feedback" | "pending_reply" | "pending_confirmation" | "canceled" | "closed";
            /**
             * @description Counts the events of a stream, from 0.
             * @example 5
             */
            revision: number;
            service: components["schemas"]["ServiceName"];
            /** @example spam */
            issueType: string | null;
            /** @enum {string|null} */
            severity: "critical" | "high" | "medium" | "low" | null;
            requester: components["schemas"]["TicketRequester"];
            /**
             * @description The engineers to whom the ticket was dispatched.
             * @example [
             *       "bob"
             *     ]
             */
            owners: string[];
            /**
             * @description The engineer who has taken the ticket.
             * @example bob
             */
            handler: string | null;
            /** @enum {string|null} */
            closeReason: "confirmed" | "unconfirmed" | "forced" | null;
            /**
             * Format: date-time
             * @example 2026-11-24T12:00:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description The time of the ticket's last event.
             * @example 2026-11-24T12:00:00.000Z
             */
            updatedAt: string;
            /**
             * @description The commands that the caller may give, at the time that the answer shows.
             * @example [
             *       "handle",
             *       "notes"
             *     ]
             */
            allowed: string[];
            /** @description The latest messages, oldest first. */
            messages: components["schemas"]["TicketMessage"][];
            /** @description Left out for customers. */
            notes?: components["schemas"]["TicketNote"][];
            /**
             * @description The position that the read models had reached.
             * @example 4711
             */
            position: string;
            /** @example The sensor in hall 3 alarms every night. */
            description: string;
            /**
             * @description Present if there are earlier messages and notes: their cursor for GET /tickets/{ticketId}/entries.
             * @example WyJ3T2x2Y0Y
             */
            entriesCursor?: string;
            attachments: Record<string, never>[];
            resolution: components["schemas"]["TicketResolution"] | null;
            evaluation: components["schemas"]["TicketEvaluation"] | null;
            /**
             * Format: uuid
             * @example 01a20d40-5c6f-77b9-9b43-08cd4da7132c
             */
            previousTicketId: string | null;
            authorizations: Record<string, never>[];
            /**
             * @description Needs the customer's authorization.
             * @enum {string}
             */
            contact: "withheld";
            /**
             * @description Present from 90: how full the ticket is, in per cent of its limits. At 100 it takes only commands that bring it nearer to its end.
             * @example 93
             */
            percentFull?: number;
        };
        EntryList: {
            /** @description The latest messages, oldest first. */
            messages: components["schemas"]["TicketMessage"][];
            /** @description Left out for customers. */
            notes?: components["schemas"]["TicketNote"][];
            /**
             * @description The position that the read models had reached.
             * @example 4711
             */
            position: string;
            /**
             * @description The cursor of the next page; null on the last page.
             * @example WyIyMDI2LTExLTI0Il0
             */
            nextCursor: string | null;
        };
        EventActorAnswer: {
            /** @example bob */
            id: string;
            /** @example engineer */
            role: string;
            /** @example acme */
            tenant?: string | null;
            /** @description The customer for whom staff acted. */
            onBehalfOf?: components["schemas"]["TicketRequester"];
        };
        HistoryEvent: {
            /**
             * @description Counts the events of a stream, from 0.
             * @example 5
             */
            revision: number;
            /**
             * @description A position in the log, to send as minPosition.
             * @example 4711
             */
            position: string;
            /** @example TicketCreated */
            type: string;
            /**
             * Format: date-time
             * @example 2026-11-24T12:00:00.000Z
             */
            at: string;
            actor: components["schemas"]["EventActorAnswer"];
            /**
             * Format: uuid
             * @example 01a20d40-5c6f-77b9-9b43-08cd4da7132c
             */
            eventId: string;
            /**
             * @description The event's data in today's version, without private data.
             * @example {
             *       "message": "Since when does it fail?"
             *     }
             */
            data: {
                [key: string]: unknown;
            };
            /**
             * @description The same for all that one request led to.
             * @example night-shift-7
             */
            correlationId: string;
            /**
             * @description The command or event that caused this event.
             * @example 7c5f1a34-3d8a-8b0e-9d53-6f6a0f6d0c11
             */
            causationId: string;
            /** @example 7c5f1a34-3d8a-8b0e-9d53-6f6a0f6d0c11 */
            commandId: string;
            /**
             * @description SHA-256 over the event as stored.
             * @example e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
             */
            hash: string;
        };
        History: {
            /**
             * Format: uuid
             * @example 01a20d40-5c6f-77b9-9b43-08cd4da7132c
             */
            ticketId: string;
            /** @description Oldest first. */
            events: components["schemas"]["HistoryEvent"][];
            /**
             * @description Present if there are more events: `from` of the next request.
             * @example 120
             */
            nextFrom?: number;
        };
        ServiceItem: {
            /** @example vpn */
            serviceId: string;
            /** @example VPN */
            name: string;
            /**
             * @example [
             *       "spam"
             *     ]
             */
            issueTypes: string[];
            /** @description Whether the service takes new tickets. */
            active: boolean;
            /**
             * @description Left out for customers.
             * @example [
             *       "bob"
             *     ]
             */
            owners?: string[];
            /**
             * @description Counts the events of a stream, from 0.
             * @example 5
             */
            revision: number;
            /**
             * Format: date-time
             * @example 2026-11-24T12:00:00.000Z
             */
            updatedAt: string;
        };
        ServiceList: {
            /**
             * @description The position that the read models had reached.
             * @example 4711
             */
            position: string;
            /**
             * @description The cursor of the next page; null on the last page.
             * @example WyIyMDI2LTExLTI0Il0
             */
            nextCursor: string | null;
            items: components["schemas"]["ServiceItem"][];
        };
        ServiceAnswer: {
            /** @example vpn */
            serviceId: string;
            /** @example VPN */
            name: string;
            /**
             * @example [
             *       "spam"
             *     ]
             */
            issueTypes: string[];
            /** @description Whether the service takes new tickets. */
            active: boolean;
            /**
             * @description Left out for customers.
             * @example [
             *       "bob"
             *     ]
             */
            owners?: string[];
            /**
             * @description Counts the events of a stream, from 0.
             * @example 5
             */
            revision: number;
            /**
             * Format: date-time
             * @example 2026-11-24T12:00:00.000Z
             */
            updatedAt: string;
            /**
             * @description The position that the read models had reached.
             * @example 4711
             */
            position: string;
        };
        OwnerItem: {
            /** @example bob */
            engineerId: string;
            /** @example Bob */
            displayName: string | null;
            /** @example bob@operator.example */
            email: string | null;
            active: boolean;
            /**
             * @example [
             *       "vpn"
             *     ]
             */
            services: string[];
            /** @description Tickets by state: those of which they are the handler, and those without a handler of which they are an owner. */
            counts: {
                /** @example 3 */
                pending: number;
                /** @example 3 */
                processing: number;
                /** @example 3 */
                pending_feedback: number;
                /** @example 3 */
                pending_reply: number;
                /** @example 3 */
                pending_confirmation: number;
                /** @example 3 */
                canceled: number;
                /** @example 3 */
                closed: number;
            };
        };
        OwnerList: {
            /**
             * @description The position that the read models had reached.
             * @example 4711
             */
            position: string;
            /**
             * @description The cursor of the next page; null on the last page.
             * @example WyIyMDI2LTExLTI0Il0
             */
            nextCursor: string | null;
            items: components["schemas"]["OwnerItem"][];
        };
        OwnerAnswer: {
            /** @example bob */
            engineerId: string;
            /** @example Bob */
            displayName: string | null;
            /** @example bob@operator.example */
            email: string | null;
            active: boolean;
            /**
             * @example [
             *       "vpn"
             *     ]
             */
            services: string[];
            /** @description Tickets by state: those of which they are the handler, and those without a handler of which they are an owner. */
            counts: {
                /** @example 3 */
                pending: number;
                /** @example 3 */
                processing: number;
                /** @example 3 */
                pending_feedback: number;
                /** @example 3 */
                pending_reply: number;
                /** @example 3 */
                pending_confirmation: number;
                /** @example 3 */
                canceled: number;
                /** @example 3 */
                closed: number;
            };
            /**
             * @description The position that the read models had reached.
             * @example 4711
             */
            position: string;
        };
        EngineerItem: {
            /** @example bob */
            engineerId: string;
            /** @example Bob */
            displayName: string | null;
            /** @example bob@operator.example */
            email: string | null;
            active: boolean;
        };
        EngineerList: {
            /**
             * @description The position that the read models had reached.
             * @example 4711
             */
            position: string;
            /**
             * @description The cursor of the next page; null on the last page.
             * @example WyIyMDI2LTExLTI0Il0
             */
            nextCursor: string | null;
            items: components["schemas"]["EngineerItem"][];
        };
        Me: {
            /** @example bob */
            id: string;
            /**
             * @description The engineer's display name, or the name in the token.
             * @example Bob
             */
            name: string | null;
            /**
             * @description The customer's organisation.
             * @example acme
             */
            tenant: string | null;
            /**
             * @example [
             *       "engineer"
             *     ]
             */
            roles: string[];
            /**
             * @description The commands on tickets that such a caller may ever give. Those that they may give now are in a ticket's `allowed`.
             * @example [
             *       "handle",
             *       "notes"
             *     ]
             */
            commands: string[];
        };
        ConsumerFailure: {
            /** @enum {string} */
            kind: "stopped" | "parked";
            /** @example Unexpected event */
            error: string;
            /**
             * @description The parked stream.
             * @example ticket-01a20d40-5c6f-77b9-9b43-08cd4da7132c
             */
            stream?: string;
            /**
             * @description Counts the events of a stream, from 0.
             * @example 5
             */
            revision?: number;
            /**
             * @description A position in the log, to send as minPosition.
             * @example 4711
             */
            position?: string;
            /**
             * @description The type of the event that failed.
             * @example TicketCreated
             */
            type?: string;
        };
        RebuildProgress: {
            /**
             * @description A position in the log, to send as minPosition.
             * @example 4711
             */
            position: string;
            /**
             * @description The share of the log that it has processed, from 0 to 1.
             * @example 0.25
             */
            done: number;
            /** @example 12000 */
            eventsPerSecond: number | null;
            /** @example 30 */
            remainingSeconds: number | null;
        };
        ConsumerState: {
            /** @example tickets */
            name: string;
            /** @example 3 */
            version: number;
            /** @enum {string} */
            state: "running" | "frozen" | "behind" | "building" | "stopped" | "unavailable";
            /**
             * @description Null while it does not serve queries.
             * @example 4711
             */
            position: string | null;
            /**
             * @description The number of events that it has not processed; an estimate of very many.
             * @example 3
             */
            lag: number | null;
            /**
             * @description The age of the oldest event not processed.
             * @example 1.5
             */
            lagSeconds: number | null;
            /**
             * @description The process that runs it: host, process id and a random part.
             * @example host-1:4711:9f2c
             */
            holder: string | null;
            failures: components["schemas"]["ConsumerFailure"][];
            /** @description The copy that is being built. */
            rebuild: components["schemas"]["RebuildProgress"] | null;
        };
        ProjectionList: {
            items: components["schemas"]["ConsumerState"][];
        };
        ConsumerItem: {
            /** @example tickets */
            name: string;
            /** @example 3 */
            version: number;
            /** @enum {string} */
            state: "running" | "frozen" | "behind" | "building" | "stopped" | "unavailable";
            /**
             * @description Null while it does not serve queries.
             * @example 4711
             */
            position: string | null;
            /**
             * @description The number of events that it has not processed; an estimate of very many.
             * @example 3
             */
            lag: number | null;
            /**
             * @description The age of the oldest event not processed.
             * @example 1.5
             */
            lagSeconds: number | null;
            /**
             * @description The process that runs it: host, process id and a random part.
             * @example host-1:4711:9f2c
             */
            holder: string | null;
            failures: components["schemas"]["ConsumerFailure"][];
            /** @description The copy that is being built. */
            rebuild: components["schemas"]["RebuildProgress"] | null;
            /** @enum {string} */
            kind: "projection" | "policy";
        };
        ConsumerList: {
            items: components["schemas"]["ConsumerItem"][];
        };
        ProjectionRequested: {
            /** @example tickets */
            name: string;
            /** @enum {string} */
            asked: "rebuild" | "retry";
        };
        SummaryGroup: {
            /**
             * @description Null for tickets that have none.
             * @example vpn
             */
            key: string | null;
            /** @example VPN */
            name: string | null;
            /** @example 3 */
            total: number;
            counts: {
                /** @example 3 */
                pending: number;
                /** @example 3 */
                processing: number;
                /** @example 3 */
                pending_feedback: number;
                /** @example 3 */
                pending_reply: number;
                /** @example 3 */
                pending_confirmation: number;
                /** @example 3 */
                canceled: number;
                /** @example 3 */
                closed: number;
            };
        };
        SummaryAnswer: {
            /**
             * @description The position that the read models had reached.
             * @example 4711
             */
            position: string;
            /**
             * @description Present if requested.
             * @example service
             */
            groupBy?: string;
            /** @example 3 */
            total: number;
            counts: {
                /** @example 3 */
                pending: number;
                /** @example 3 */
                processing: number;
                /** @example 3 */
                pending_feedback: number;
                /** @example 3 */
                pending_reply: number;
                /** @example 3 */
                pending_confirmation: number;
                /** @example 3 */
                canceled: number;
                /** @example 3 */
                closed: number;
            };
            groups?: components["schemas"]["SummaryGroup"][];
        };
        FlowItem: {
            /**
             * Format: date-time
             * @example 2026-11-24T12:00:00.000Z
             */
            from: string;
            /**
             * Format: date-time
             * @example 2026-11-24T12:00:00.000Z
             */
            to: string;
            /** @example 3 */
            created: number;
            /** @example 3 */
            closed: number;
            /** @example 3 */
            canceled: number;
            /**
             * @description Tickets that were open at the end of the bucket.
             * @example 3
             */
            open: number;
        };
        FlowAnswer: {
            /**
             * @description The position that the read models had reached.
             * @example 4711
             */
            position: string;
            /** @enum {string} */
            bucket: "hour" | "day" | "week";
            /**
             * Format: date-time
             * @example 2026-11-24T12:00:00.000Z
             */
            from: string;
            /**
             * Format: date-time
             * @example 2026-11-24T12:00:00.000Z
             */
            to: string;
            /** @description One item for each bucket, also where nothing happened. */
            items: components["schemas"]["FlowItem"][];
        };
        DurationFigures: {
            /** @example 3 */
            count: number;
            /** @example 5400.5 */
            mean: number | null;
            /** @example 3600 */
            p50: number | null;
            /** @example 9000 */
            p90: number | null;
            /** @example 36000 */
            p99: number | null;
        };
        DurationsGroup: {
            /**
             * @description Null for tickets that have none.
             * @example vpn
             */
            key: string | null;
            /** @example VPN */
            name: string | null;
            timeToFirstHandling: components["schemas"]["DurationFigures"];
            timeToFirstResponse: components["schemas"]["DurationFigures"];
            timeToResolution: components["schemas"]["DurationFigures"];
            timeToClose: components["schemas"]["DurationFigures"];
            timeWaitingForCustomer: components["schemas"]["DurationFigures"];
        };
        DurationsAnswer: {
            /**
             * @description The position that the read models had reached.
             * @example 4711
             */
            position: string;
            /**
             * @description Present if requested.
             * @example service
             */
            groupBy?: string;
            timeToFirstHandling: components["schemas"]["DurationFigures"];
            timeToFirstResponse: components["schemas"]["DurationFigures"];
            timeToResolution: components["schemas"]["DurationFigures"];
            timeToClose: components["schemas"]["DurationFigures"];
            timeWaitingForCustomer: components["schemas"]["DurationFigures"];
            /** @enum {string} */
            unit: "seconds";
            groups?: components["schemas"]["DurationsGroup"][];
        };
        SatisfactionGroup: {
            /**
             * @description Null for tickets that have none.
             * @example vpn
             */
            key: string | null;
            /** @example VPN */
            name: string | null;
            /** @example 3 */
            count: number;
            /** @example 4.5 */
            mean: number | null;
            distribution: {
                /** @example 3 */
                1: number;
                /** @example 3 */
                2: number;
                /** @example 3 */
                3: number;
                /** @example 3 */
                4: number;
                /** @example 3 */
                5: number;
            };
        };
        SatisfactionAnswer: {
            /**
             * @description The position that the read models had reached.
             * @example 4711
             */
            position: string;
            /**
             * @description Present if requested.
             * @example service
             */
            groupBy?: string;
            /** @example 3 */
            count: number;
            /** @example 4.5 */
            mean: number | null;
            distribution: {
                /** @example 3 */
                1: number;
                /** @example 3 */
                2: number;
                /** @example 3 */
                3: number;
                /** @example 3 */
                4: number;
                /** @example 3 */
                5: number;
            };
            groups?: components["schemas"]["SatisfactionGroup"][];
        };
        EventMessage: {
            /**
             * @description Counts the events of a stream, from 0.
             * @example 5
             */
            revision: number;
            /**
             * @description A position in the log, to send as minPosition.
             * @example 4711
             */
            position: string;
            /** @example TicketCreated */
            type: string;
            /**
             * Format: date-time
             * @example 2026-11-24T12:00:00.000Z
             */
            at: string;
            actor: components["schemas"]["EventActorAnswer"];
            /**
             * Format: uuid
             * @description Present for events on tickets.
             * @example 01a20d40-5c6f-77b9-9b43-08cd4da7132c
             */
            ticketId?: string;
            /**
             * @description Present for events on tickets.
             * @example ST-R8SN6-TE4SC
             */
            reference?: string;
            /**
             * @description The ticket's state after the event.
             * @enum {string}
             */
            state?: "pending" | "processing" | "pending_feedback" | "pending_reply" | "pending_confirmation" | "canceled" | "closed";
            /**
             * @description Present for events on services.
             * @example vpn
             */
            serviceId?: string;
            /**
             * @description Present for events on engineers.
             * @example bob
             */
            engineerId?: string;
            /**
             * @description The event's data in today's version, without private data.
             * @example {
             *       "message": "Since when does it fail?"
             *     }
             */
            data?: {
                [key: string]: unknown;
            };
        };
        ReceivingPeriodRequest: {
            /** @example 09:00 */
            from: string;
            /** @example 09:00 */
            to: string;
            /**
             * Format: iana-time-zone
             * @example Europe/Berlin
             */
            timeZone: string;
        };
        ContactRequest: {
            /** @example +491701234567 */
            mobile?: string;
            /**
             * Format: email
             * @example bob@example.com
             */
            email?: string;
            receivingPeriod?: components["schemas"]["ReceivingPeriodRequest"];
        };
        AgreementRequest: {
            accepted: boolean;
            /**
             * Format: line
             * @example 2026-01
             */
            version: string;
        };
        CustomerRequest: {
            /**
             * Format: actor-id
             * @example alice
             */
            id: string;
            /**
             * Format: actor-id
             * @example acme
             */
            tenant?: string;
        };
        /** @description Problem details (RFC 9457). */
        Problem: {
            /**
             * Format: uri
             * @description A URI for the kind of problem.
             * @example urn:service-tickets:problem:not_found
             */
            type: string;
            /**
             * @description The kind of problem, as text.
             * @example Not found
             */
            title: string;
            /**
             * @description The HTTP status.
             * @example 404
             */
            status: number;
            /**
             * @description What happened, why, and what to do next.
             * @example There is no such ticket.
             */
            detail: string;
            /**
             * @description The path of the request.
             * @example /api/v1/tickets/01a20d40-5c6f-77b9-9b43-08cd4da7132c
             */
            instance?: string;
            /**
             * @description The kind of problem for programs.
             * @enum {string}
             */
            code: "invalid_request" | "unauthenticated" | "forbidden" | "not_found" | "method_not_allowed" | "request_timeout" | "illegal_transition" | "already_handled" | "ticket_closed" | "ticket_full" | "revision_mismatch" | "payload_too_large" | "unsupported_media_type" | "idempotency_key_reused" | "unknown_service" | "inactive_service" | "unknown_engineer" | "agreement_required" | "sensitive_content" | "too_many_requests" | "headers_too_large" | "history_damaged" | "internal_error" | "unavailable";
            /** @description The members of the request that are invalid. */
            errors?: {
                /**
                 * @description A JSON pointer into the request.
                 * @example /reason
                 */
                pointer: string;
                /**
                 * @description Why the member is invalid.
                 * @example Since when does it fail?
                 */
                message: string;
            }[];
            /**
             * @description The state of the ticket.
             * @example processing
             */
            state?: string;
            /** @description The commands that the caller may give now. */
            allowed?: string[];
            /**
             * @description The engineer who handles the ticket.
             * @example bob
             */
            handler?: string;
            /**
             * @description The current revision.
             * @example 5
             */
            revision?: number;
        };
    };
    responses: {
        /** @description Internal error */
        internal_error: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "internal_error";
                    /** @constant */
                    status?: 500;
                };
            };
        };
        /** @description History damaged; Internal error */
        "history_damaged-internal_error": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "history_damaged" | "internal_error";
                    /** @constant */
                    status?: 500;
                };
            };
        };
        /** @description Too many requests */
        too_many_requests: {
            headers: {
                /**
                 * @description Seconds to wait before the next attempt.
                 * @example 1
                 */
                "Retry-After": number;
                /**
                 * @description The limit of requests (draft-ietf-httpapi-ratelimit-headers).
                 * @example "customer";q=100000;w=60
                 */
                "RateLimit-Policy": string;
                /**
                 * @description The requests that are left, and for how many seconds (draft-ietf-httpapi-ratelimit-headers).
                 * @example "customer";r=0;t=12
                 */
                RateLimit: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "too_many_requests";
                    /** @constant */
                    status?: 429;
                };
            };
        };
        /** @description Request headers too large */
        headers_too_large: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "headers_too_large";
                    /** @constant */
                    status?: 431;
                };
            };
        };
        /** @description Invalid request */
        invalid_request: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "invalid_request";
                    /** @constant */
                    status?: 400;
                };
            };
        };
        /** @description Authentication required */
        unauthenticated: {
            headers: {
                /**
                 * @description The scheme of authentication.
                 * @example Bearer
                 */
                "WWW-Authenticate": string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "unauthenticated";
                    /** @constant */
                    status?: 401;
                };
            };
        };
        /** @description Forbidden */
        forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "forbidden";
                    /** @constant */
                    status?: 403;
                };
            };
        };
        /** @description Service unavailable */
        unavailable: {
            headers: {
                /**
                 * @description Seconds to wait before the next attempt. Absent if an operator must act first.
                 * @example 1
                 */
                "Retry-After"?: number;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "unavailable";
                    /** @constant */
                    status?: 503;
                };
            };
        };
        /** @description Request body too large */
        payload_too_large: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "payload_too_large";
                    /** @constant */
                    status?: 413;
                };
            };
        };
        /** @description Request timeout */
        request_timeout: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "request_timeout";
                    /** @constant */
                    status?: 408;
                };
            };
        };
        /** @description Unsupported media type */
        unsupported_media_type: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "unsupported_media_type";
                    /** @constant */
                    status?: 415;
                };
            };
        };
        /** @description Agreement required; Idempotency key reused; Inactive service; Sensitive content; Unknown service */
        "agreement_required-idempotency_key_reused-inactive_service-sensitive_content-unknown_service": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "agreement_required" | "idempotency_key_reused" | "inactive_service" | "sensitive_content" | "unknown_service";
                    /** @constant */
                    status?: 422;
                };
            };
        };
        /** @description Precondition failed */
        revision_mismatch: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "revision_mismatch";
                    /** @constant */
                    status?: 412;
                };
            };
        };
        /** @description Invalid state transition */
        illegal_transition: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "illegal_transition";
                    /** @constant */
                    status?: 409;
                };
            };
        };
        /** @description Not found */
        not_found: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "not_found";
                    /** @constant */
                    status?: 404;
                };
            };
        };
        /** @description Idempotency key reused */
        idempotency_key_reused: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "idempotency_key_reused";
                    /** @constant */
                    status?: 422;
                };
            };
        };
        /** @description Ticket already handled; Invalid state transition; Ticket closed; Ticket full */
        "already_handled-illegal_transition-ticket_closed-ticket_full": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "already_handled" | "illegal_transition" | "ticket_closed" | "ticket_full";
                    /** @constant */
                    status?: 409;
                };
            };
        };
        /** @description Idempotency key reused; Unknown or inactive engineer */
        "idempotency_key_reused-unknown_engineer": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "idempotency_key_reused" | "unknown_engineer";
                    /** @constant */
                    status?: 422;
                };
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    metrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The metrics. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            500: components["responses"]["internal_error"];
        };
    };
    live: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The process is alive. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LiveAnswer"];
                };
            };
            500: components["responses"]["internal_error"];
        };
    };
    ready: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The process can do its work; "degraded" if a part needs attention. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReadyAnswer"];
                };
            };
            500: components["responses"]["internal_error"];
            /** @description The process cannot do its work: the parts say why. */
            503: {
                headers: {
                    /**
                     * @description Seconds to wait before the next attempt.
                     * @example 1
                     */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReadyAnswer"];
                };
            };
        };
    };
    listTickets: {
        parameters: {
            query?: {
                state?: ("pending" | "processing" | "pending_feedback" | "pending_reply" | "pending_confirmation" | "canceled" | "closed")[];
                service?: string;
                owner?: string;
                handler?: string;
                requester?: string;
                tenant?: string;
                severity?: "critical" | "high" | "medium" | "low";
                createdFrom?: string;
                createdTo?: string;
                q?: string;
                asOf?: string;
                sort?: "createdAt" | "-createdAt" | "updatedAt" | "-updatedAt";
                minPosition?: string;
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of tickets. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TicketList"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            429: components["responses"]["too_many_requests"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["history_damaged-internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    create: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a retry safe: the same key with the same request gets the first answer. */
                "Idempotency-Key"?: string;
                /** @description The revision that you expect, in quotes; several, of which one must match; or *. A weak tag never matches. */
                "If-Match"?: string;
                /** @description Your own id for the work that this command is part of; its events keep it. */
                "X-Correlation-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateRequest"];
            };
        };
        responses: {
            /** @description Accepted, and durable. */
            201: {
                headers: {
                    /**
                     * @description The revision in quotes, to be sent as If-Match.
                     * @example "5"
                     */
                    ETag: string;
                    /** @description Sent if the answer is the first one of a repeated Idempotency-Key. */
                    "Idempotency-Replayed"?: "true";
                    /**
                     * @description The path of the created resource.
                     * @example /api/v1/tickets/c8e5dffa-cce4-8b25-b492-b06b8c8b315d
                     */
                    Location: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TicketCommandAnswer"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            408: components["responses"]["request_timeout"];
            409: components["responses"]["illegal_transition"];
            412: components["responses"]["revision_mismatch"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["agreement_required-idempotency_key_reused-inactive_service-sensitive_content-unknown_service"];
            429: components["responses"]["too_many_requests"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["history_damaged-internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    handle: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a retry safe: the same key with the same request gets the first answer. */
                "Idempotency-Key"?: string;
                /** @description The revision that you expect, in quotes; several, of which one must match; or *. A weak tag never matches. */
                "If-Match"?: string;
                /** @description Your own id for the work that this command is part of; its events keep it. */
                "X-Correlation-Id"?: string;
            };
            path: {
                ticketId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["OptionalReasonRequest"];
            };
        };
        responses: {
            /** @description Accepted, and durable. */
            200: {
                headers: {
                    /**
                     * @description The revision in quotes, to be sent as If-Match.
                     * @example "5"
                     */
                    ETag: string;
                    /** @description Sent if the answer is the first one of a repeated Idempotency-Key. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TicketCommandAnswer"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            409: components["responses"]["already_handled-illegal_transition-ticket_closed-ticket_full"];
            412: components["responses"]["revision_mismatch"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["idempotency_key_reused"];
            429: components["responses"]["too_many_requests"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["history_damaged-internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    assign: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a retry safe: the same key with the same request gets the first answer. */
                "Idempotency-Key"?: string;
                /** @description The revision that you expect, in quotes; several, of which one must match; or *. A weak tag never matches. */
                "If-Match"?: string;
                /** @description Your own id for the work that this command is part of; its events keep it. */
                "X-Correlation-Id"?: string;
            };
            path: {
                ticketId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AssignRequest"];
            };
        };
        responses: {
            /** @description Accepted, and durable. */
            200: {
                headers: {
                    /**
                     * @description The revision in quotes, to be sent as If-Match.
                     * @example "5"
                     */
                    ETag: string;
                    /** @description Sent if the answer is the first one of a repeated Idempotency-Key. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TicketCommandAnswer"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            409: components["responses"]["already_handled-illegal_transition-ticket_closed-ticket_full"];
            412: components["responses"]["revision_mismatch"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["idempotency_key_reused-unknown_engineer"];
            429: components["responses"]["too_many_requests"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["history_damaged-internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    forward: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a retry safe: the same key with the same request gets the first answer. */
                "Idempotency-Key"?: string;
                /** @description The revision that you expect, in quotes; several, of which one must match; or *. A weak tag never matches. */
                "If-Match"?: string;
                /** @description Your own id for the work that this command is part of; its events keep it. */
                "X-Correlation-Id"?: string;
            };
            path: {
                ticketId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ForwardRequest"];
            };
        };
        responses: {
            /** @description Accepted, and durable. */
            200: {
                headers: {
                    /**
                     * @description The revision in quotes, to be sent as If-Match.
                     * @example "5"
                     */
                    ETag: string;
                    /** @description Sent if the answer is the first one of a repeated Idempotency-Key. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TicketCommandAnswer"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            409: components["responses"]["already_handled-illegal_transition-ticket_closed-ticket_full"];
            412: components["responses"]["revision_mismatch"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["idempotency_key_reused-unknown_engineer"];
            429: components["responses"]["too_many_requests"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["history_damaged-internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    "request-feedback": {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a retry safe: the same key with the same request gets the first answer. */
                "Idempotency-Key"?: string;
                /** @description The revision that you expect, in quotes; several, of which one must match; or *. A weak tag never matches. */
                "If-Match"?: string;
                /** @description Your own id for the work that this command is part of; its events keep it. */
                "X-Correlation-Id"?: string;
            };
            path: {
                ticketId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MessageRequest"];
            };
        };
        responses: {
            /** @description Accepted, and durable. */
            200: {
                headers: {
                    /**
                     * @description The revision in quotes, to be sent as If-Match.
                     * @example "5"
                     */
                    ETag: string;
                    /** @description Sent if the answer is the first one of a repeated Idempotency-Key. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TicketCommandAnswer"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            409: components["responses"]["already_handled-illegal_transition-ticket_closed-ticket_full"];
            412: components["responses"]["revision_mismatch"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["idempotency_key_reused"];
            429: components["responses"]["too_many_requests"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["history_damaged-internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    "provide-feedback": {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a retry safe: the same key with the same request gets the first answer. */
                "Idempotency-Key"?: string;
                /** @description The revision that you expect, in quotes; several, of which one must match; or *. A weak tag never matches. */
                "If-Match"?: string;
                /** @description Your own id for the work that this command is part of; its events keep it. */
                "X-Correlation-Id"?: string;
            };
            path: {
                ticketId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MessageRequest"];
            };
        };
        responses: {
            /** @description Accepted, and durable. */
            200: {
                headers: {
                    /**
                     * @description The revision in quotes, to be sent as If-Match.
                     * @example "5"
                     */
                    ETag: string;
                    /** @description Sent if the answer is the first one of a repeated Idempotency-Key. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TicketCommandAnswer"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            409: components["responses"]["already_handled-illegal_transition-ticket_closed-ticket_full"];
            412: components["responses"]["revision_mismatch"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["idempotency_key_reused"];
            429: components["responses"]["too_many_requests"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["history_damaged-internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    messages: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a retry safe: the same key with the same request gets the first answer. */
                "Idempotency-Key"?: string;
                /** @description The revision that you expect, in quotes; several, of which one must match; or *. A weak tag never matches. */
                "If-Match"?: string;
                /** @description Your own id for the work that this command is part of; its events keep it. */
                "X-Correlation-Id"?: string;
            };
            path: {
                ticketId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MessageRequest"];
            };
        };
        responses: {
            /** @description Accepted, and durable. */
            200: {
                headers: {
                    /**
                     * @description The revision in quotes, to be sent as If-Match.
                     * @example "5"
                     */
                    ETag: string;
                    /** @description Sent if the answer is the first one of a repeated Idempotency-Key. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TicketCommandAnswer"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            409: components["responses"]["already_handled-illegal_transition-ticket_closed-ticket_full"];
            412: components["responses"]["revision_mismatch"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["idempotency_key_reused"];
            429: components["responses"]["too_many_requests"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["history_damaged-internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    notes: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a retry safe: the same key with the same request gets the first answer. */
                "Idempotency-Key"?: string;
                /** @description The revision that you expect, in quotes; several, of which one must match; or *. A weak tag never matches. */
                "If-Match"?: string;
                /** @description Your own id for the work that this command is part of; its events keep it. */
                "X-Correlation-Id"?: string;
            };
            path: {
                ticketId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddNoteRequest"];
            };
        };
        responses: {
            /** @description Accepted, and durable. */
            200: {
                headers: {
                    /**
                     * @description The revision in quotes, to be sent as If-Match.
                     * @example "5"
                     */
                    ETag: string;
                    /** @description Sent if the answer is the first one of a repeated Idempotency-Key. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TicketCommandAnswer"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            409: components["responses"]["already_handled-illegal_transition-ticket_closed-ticket_full"];
            412: components["responses"]["revision_mismatch"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["idempotency_key_reused"];
            429: components["responses"]["too_many_requests"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["history_damaged-internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    resume: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a retry safe: the same key with the same request gets the first answer. */
                "Idempotency-Key"?: string;
                /** @description The revision that you expect, in quotes; several, of which one must match; or *. A weak tag never matches. */
                "If-Match"?: string;
                /** @description Your own id for the work that this command is part of; its events keep it. */
                "X-Correlation-Id"?: string;
            };
            path: {
                ticketId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["OptionalReasonRequest"];
            };
        };
        responses: {
            /** @description Accepted, and durable. */
            200: {
                headers: {
                    /**
                     * @description The revision in quotes, to be sent as If-Match.
                     * @example "5"
                     */
                    ETag: string;
                    /** @description Sent if the answer is the first one of a repeated Idempotency-Key. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TicketCommandAnswer"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            409: components["responses"]["already_handled-illegal_transition-ticket_closed-ticket_full"];
            412: components["responses"]["revision_mismatch"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["idempotency_key_reused"];
            429: components["responses"]["too_many_requests"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["history_damaged-internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    resolve: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a retry safe: the same key with the same request gets the first answer. */
                "Idempotency-Key"?: string;
                /** @description The revision that you expect, in quotes; several, of which one must match; or *. A weak tag never matches. */
                "If-Match"?: string;
                /** @description Your own id for the work that this command is part of; its events keep it. */
                "X-Correlation-Id"?: string;
            };
            path: {
                ticketId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResolveRequest"];
            };
        };
        responses: {
            /** @description Accepted, and durable. */
            200: {
                headers: {
                    /**
                     * @description The revision in quotes, to be sent as If-Match.
                     * @example "5"
                     */
                    ETag: string;
                    /** @description Sent if the answer is the first one of a repeated Idempotency-Key. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TicketCommandAnswer"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            409: components["responses"]["already_handled-illegal_transition-ticket_closed-ticket_full"];
            412: components["responses"]["revision_mismatch"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["idempotency_key_reused"];
            429: components["responses"]["too_many_requests"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["history_damaged-internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    "withdraw-resolution": {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a retry safe: the same key with the same request gets the first answer. */
                "Idempotency-Key"?: string;
                /** @description The revision that you expect, in quotes; several, of which one must match; or *. A weak tag never matches. */
                "If-Match"?: string;
                /** @description Your own id for the work that this command is part of; its events keep it. */
                "X-Correlation-Id"?: string;
            };
            path: {
                ticketId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReasonRequest"];
            };
        };
        responses: {
            /** @description Accepted, and durable. */
            200: {
                headers: {
                    /**
                     * @description The revision in quotes, to be sent as If-Match.
                     * @example "5"
                     */
                    ETag: string;
                    /** @description Sent if the answer is the first one of a repeated Idempotency-Key. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TicketCommandAnswer"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            409: components["responses"]["already_handled-illegal_transition-ticket_closed-ticket_full"];
            412: components["responses"]["revision_mismatch"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["idempotency_key_reused"];
            429: components["responses"]["too_many_requests"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["history_damaged-internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    confirm: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a retry safe: the same key with the same request gets the first answer. */
                "Idempotency-Key"?: string;
                /** @description The revision that you expect, in quotes; several, of which one must match; or *. A weak tag never matches. */
                "If-Match"?: string;
                /** @description Your own id for the work that this command is part of; its events keep it. */
                "X-Correlation-Id"?: string;
            };
            path: {
                ticketId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ConfirmRequest"];
            };
        };
        responses: {
            /** @description Accepted, and durable. */
            200: {
                headers: {
                    /**
                     * @description The revision in quotes, to be sent as If-Match.
                     * @example "5"
                     */
                    ETag: string;
                    /** @description Sent if the answer is the first one of a repeated Idempotency-Key. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TicketCommandAnswer"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            409: components["responses"]["already_handled-illegal_transition-ticket_closed-ticket_full"];
            412: components["responses"]["revision_mismatch"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["idempotency_key_reused"];
            429: components["responses"]["too_many_requests"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["history_damaged-internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    "reject-resolution": {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a retry safe: the same key with the same request gets the first answer. */
                "Idempotency-Key"?: string;
                /** @description The revision that you expect, in quotes; several, of which one must match; or *. A weak tag never matches. */
                "If-Match"?: string;
                /** @description Your own id for the work that this command is part of; its events keep it. */
                "X-Correlation-Id"?: string;
            };
            path: {
                ticketId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReasonRequest"];
            };
        };
        responses: {
            /** @description Accepted, and durable. */
            200: {
                headers: {
                    /**
                     * @description The revision in quotes, to be sent as If-Match.
                     * @example "5"
                     */
                    ETag: string;
                    /** @description Sent if the answer is the first one of a repeated Idempotency-Key. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TicketCommandAnswer"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            409: components["responses"]["already_handled-illegal_transition-ticket_closed-ticket_full"];
            412: components["responses"]["revision_mismatch"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["idempotency_key_reused"];
            429: components["responses"]["too_many_requests"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["history_damaged-internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    cancel: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a retry safe: the same key with the same request gets the first answer. */
                "Idempotency-Key"?: string;
                /** @description The revision that you expect, in quotes; several, of which one must match; or *. A weak tag never matches. */
                "If-Match"?: string;
                /** @description Your own id for the work that this command is part of; its events keep it. */
                "X-Correlation-Id"?: string;
            };
            path: {
                ticketId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["OptionalReasonRequest"];
            };
        };
        responses: {
            /** @description Accepted, and durable. */
            200: {
                headers: {
                    /**
                     * @description The revision in quotes, to be sent as If-Match.
                     * @example "5"
                     */
                    ETag: string;
                    /** @description Sent if the answer is the first one of a repeated Idempotency-Key. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TicketCommandAnswer"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            409: components["responses"]["already_handled-illegal_transition-ticket_closed-ticket_full"];
            412: components["responses"]["revision_mismatch"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["idempotency_key_reused"];
            429: components["responses"]["too_many_requests"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["history_damaged-internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    close: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a retry safe: the same key with the same request gets the first answer. */
                "Idempotency-Key"?: string;
                /** @description The revision that you expect, in quotes; several, of which one must match; or *. A weak tag never matches. */
                "If-Match"?: string;
                /** @description Your own id for the work that this command is part of; its events keep it. */
                "X-Correlation-Id"?: string;
            };
            path: {
                ticketId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["OptionalReasonRequest"];
            };
        };
        responses: {
            /** @description Accepted, and durable. */
            200: {
                headers: {
                    /**
                     * @description The revision in quotes, to be sent as If-Match.
                     * @example "5"
                     */
                    ETag: string;
                    /** @description Sent if the answer is the first one of a repeated Idempotency-Key. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TicketCommandAnswer"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            409: components["responses"]["already_handled-illegal_transition-ticket_closed-ticket_full"];
            412: components["responses"]["revision_mismatch"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["idempotency_key_reused"];
            429: components["responses"]["too_many_requests"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["history_damaged-internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    severity: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a retry safe: the same key with the same request gets the first answer. */
                "Idempotency-Key"?: string;
                /** @description The revision that you expect, in quotes; several, of which one must match; or *. A weak tag never matches. */
                "If-Match"?: string;
                /** @description Your own id for the work that this command is part of; its events keep it. */
                "X-Correlation-Id"?: string;
            };
            path: {
                ticketId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetSeverityRequest"];
            };
        };
        responses: {
            /** @description Accepted, and durable. */
            200: {
                headers: {
                    /**
                     * @description The revision in quotes, to be sent as If-Match.
                     * @example "5"
                     */
                    ETag: string;
                    /** @description Sent if the answer is the first one of a repeated Idempotency-Key. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TicketCommandAnswer"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            409: components["responses"]["already_handled-illegal_transition-ticket_closed-ticket_full"];
            412: components["responses"]["revision_mismatch"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["idempotency_key_reused"];
            429: components["responses"]["too_many_requests"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["history_damaged-internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    evaluate: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a retry safe: the same key with the same request gets the first answer. */
                "Idempotency-Key"?: string;
                /** @description The revision that you expect, in quotes; several, of which one must match; or *. A weak tag never matches. */
                "If-Match"?: string;
                /** @description Your own id for the work that this command is part of; its events keep it. */
                "X-Correlation-Id"?: string;
            };
            path: {
                ticketId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EvaluateRequest"];
            };
        };
        responses: {
            /** @description Accepted, and durable. */
            200: {
                headers: {
                    /**
                     * @description The revision in quotes, to be sent as If-Match.
                     * @example "5"
                     */
                    ETag: string;
                    /** @description Sent if the answer is the first one of a repeated Idempotency-Key. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TicketCommandAnswer"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            409: components["responses"]["already_handled-illegal_transition-ticket_closed-ticket_full"];
            412: components["responses"]["revision_mismatch"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["idempotency_key_reused"];
            429: components["responses"]["too_many_requests"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["history_damaged-internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    commands: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description One command in each line, as JSON. */
        requestBody: {
            content: {
                "application/x-ndjson": components["schemas"]["BatchCommand"];
            };
        };
        responses: {
            /** @description One result in each line, in the same order: a command's answer or its problem details. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": components["schemas"]["BatchAnswer"] | components["schemas"]["Problem"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            408: components["responses"]["request_timeout"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            429: components["responses"]["too_many_requests"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["history_damaged-internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    showService: {
        parameters: {
            query?: {
                minPosition?: string;
            };
            header?: never;
            path: {
                serviceId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The service. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServiceAnswer"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            429: components["responses"]["too_many_requests"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["history_damaged-internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    putService: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a retry safe: the same key with the same request gets the first answer. */
                "Idempotency-Key"?: string;
                /** @description The revision that you expect, in quotes; several, of which one must match; or *. A weak tag never matches. */
                "If-Match"?: string;
                /** @description Your own id for the work that this command is part of; its events keep it. */
                "X-Correlation-Id"?: string;
            };
            path: {
                serviceId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PutServiceRequest"];
            };
        };
        responses: {
            /** @description Accepted, and durable. */
            200: {
                headers: {
                    /**
                     * @description The revision in quotes, to be sent as If-Match.
                     * @example "5"
                     */
                    ETag: string;
                    /** @description Sent if the answer is the first one of a repeated Idempotency-Key. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServiceCommandAnswer"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            412: components["responses"]["revision_mismatch"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["idempotency_key_reused"];
            429: components["responses"]["too_many_requests"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["history_damaged-internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    configureOwners: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a retry safe: the same key with the same request gets the first answer. */
                "Idempotency-Key"?: string;
                /** @description The revision that you expect, in quotes; several, of which one must match; or *. A weak tag never matches. */
                "If-Match"?: string;
                /** @description Your own id for the work that this command is part of; its events keep it. */
                "X-Correlation-Id"?: string;
            };
            path: {
                serviceId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConfigureOwnersRequest"];
            };
        };
        responses: {
            /** @description Accepted, and durable. */
            200: {
                headers: {
                    /**
                     * @description The revision in quotes, to be sent as If-Match.
                     * @example "5"
                     */
                    ETag: string;
                    /** @description Sent if the answer is the first one of a repeated Idempotency-Key. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServiceCommandAnswer"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            412: components["responses"]["revision_mismatch"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["idempotency_key_reused-unknown_engineer"];
            429: components["responses"]["too_many_requests"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["history_damaged-internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    putEngineer: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a retry safe: the same key with the same request gets the first answer. */
                "Idempotency-Key"?: string;
                /** @description The revision that you expect, in quotes; several, of which one must match; or *. A weak tag never matches. */
                "If-Match"?: string;
                /** @description Your own id for the work that this command is part of; its events keep it. */
                "X-Correlation-Id"?: string;
            };
            path: {
                engineerId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PutEngineerRequest"];
            };
        };
        responses: {
            /** @description Accepted, and durable. */
            200: {
                headers: {
                    /**
                     * @description The revision in quotes, to be sent as If-Match.
                     * @example "5"
                     */
                    ETag: string;
                    /** @description Sent if the answer is the first one of a repeated Idempotency-Key. */
                    "Idempotency-Replayed"?: "true";
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EngineerCommandAnswer"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            412: components["responses"]["revision_mismatch"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["idempotency_key_reused"];
            429: components["responses"]["too_many_requests"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["history_damaged-internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    acceptLogLoss: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description An event records what was lost, who accepted it and when. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LossAccepted"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            429: components["responses"]["too_many_requests"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["history_damaged-internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    showTicket: {
        parameters: {
            query?: {
                asOf?: string;
                revision?: number;
                minPosition?: string;
            };
            header?: never;
            path: {
                ticketId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The ticket. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TicketPage"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            429: components["responses"]["too_many_requests"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["history_damaged-internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    listEntries: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                minPosition?: string;
            };
            header?: never;
            path: {
                ticketId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of messages and notes. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EntryList"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            429: components["responses"]["too_many_requests"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["history_damaged-internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    history: {
        parameters: {
            query?: {
                from?: number;
                limit?: number;
                minPosition?: string;
            };
            header?: never;
            path: {
                ticketId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The events, with their hashes. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["History"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            429: components["responses"]["too_many_requests"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["history_damaged-internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    todos: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                minPosition?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of tickets. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TicketList"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            429: components["responses"]["too_many_requests"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["history_damaged-internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    listServices: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                minPosition?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of services. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServiceList"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            429: components["responses"]["too_many_requests"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["history_damaged-internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    listOwners: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                minPosition?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of engineers. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnerList"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            429: components["responses"]["too_many_requests"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["history_damaged-internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    showOwner: {
        parameters: {
            query?: {
                minPosition?: string;
            };
            header?: never;
            path: {
                engineerId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The engineer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnerAnswer"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            429: components["responses"]["too_many_requests"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["history_damaged-internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    listEngineers: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                minPosition?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of engineers. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EngineerList"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            429: components["responses"]["too_many_requests"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["history_damaged-internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    showMe: {
        parameters: {
            query?: {
                minPosition?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The caller. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            429: components["responses"]["too_many_requests"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["history_damaged-internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    listProjections: {
        parameters: {
            query?: {
                minPosition?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The projections. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProjectionList"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            429: components["responses"]["too_many_requests"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["history_damaged-internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    listConsumers: {
        parameters: {
            query?: {
                minPosition?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The consumers. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsumerList"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            429: components["responses"]["too_many_requests"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["history_damaged-internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    rebuildProjection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The process that runs it was notified. A repeat is harmless. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProjectionRequested"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            429: components["responses"]["too_many_requests"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["history_damaged-internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    retryProjection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The process that runs it was notified. A repeat is harmless. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProjectionRequested"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            429: components["responses"]["too_many_requests"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["history_damaged-internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    reportSummary: {
        parameters: {
            query?: {
                groupBy?: "service" | "handler" | "owner" | "severity" | "tenant";
                asOf?: string;
                minPosition?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The counts by state. A ticket counts once for each of its owners. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SummaryAnswer"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            429: components["responses"]["too_many_requests"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["history_damaged-internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    reportFlow: {
        parameters: {
            query?: {
                bucket?: "hour" | "day" | "week";
                from?: string;
                to?: string;
                minPosition?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The buckets. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FlowAnswer"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            429: components["responses"]["too_many_requests"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["history_damaged-internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    reportDurations: {
        parameters: {
            query?: {
                groupBy?: "service" | "severity";
                minPosition?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The durations, in seconds. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DurationsAnswer"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            429: components["responses"]["too_many_requests"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["history_damaged-internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    reportSatisfaction: {
        parameters: {
            query?: {
                groupBy?: "service" | "handler";
                minPosition?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The ratings. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SatisfactionAnswer"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            429: components["responses"]["too_many_requests"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["history_damaged-internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    followEvents: {
        parameters: {
            query?: {
                minPosition?: string;
            };
            header?: {
                /** @description The id of the last message that the client received. The stream resumes after it. */
                "Last-Event-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A message for each event: its position is the id, its type is the event, and the data is JSON. The stream ends when the token expires. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["EventMessage"];
                };
            };
            400: components["responses"]["invalid_request"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden"];
            429: components["responses"]["too_many_requests"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["history_damaged-internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
}
