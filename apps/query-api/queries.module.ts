import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { AuthenticationModule } from '#platform/authentication/authentication.module.js';
import { Metrics } from '#platform/process/metrics.js';
import { reportConsumerStates } from '#platform/process/consumer-metrics.js';
import { ConsumerStates } from '#platform/process/consumer-states.js';
import { ConsumersModule } from '#platform/process/consumers.module.js';
import { ListProjectionsHandler } from './admin/list-projections-handler.js';
import { ConsumersController } from './admin/consumers.controller.js';
import { ListConsumersHandler } from './admin/list-consumers-query.js';
import { ProjectionsController } from './admin/projections.controller.js';
import { EventsController } from './events/events.controller.js';
import { FollowEventsHandler } from './events/follow-events-handler.js';
import { OpenStreams } from './events/open-streams.js';
import { Requesters } from './events/requesters.js';
import { reportOpenStreams } from './events/stream-metrics.js';
import { EventMessages } from './events/event-messages.js';
import { Freshness } from './freshness.js';
import { ListOwnersHandler, ShowOwnerHandler } from './owners/owner-query-handlers.js';
import { OwnersController } from './owners/owners.controller.js';
import { ListPastTicketsHandler } from './past/list-past-tickets-handler.js';
import { ShowPastTicketHandler } from './past/show-past-ticket-handler.js';
import { ReportDurationsHandler } from './reports/durations-handler.js';
import { ReportFlowHandler } from './reports/flow-handler.js';
import { GroupNames } from './reports/group-names.js';
import { ReportsController } from './reports/reports.controller.js';
import { ReportSatisfactionHandler } from './reports/satisfaction-handler.js';
import { ReportSummaryHandler } from './reports/summary-handler.js';
import { ServiceNames } from './service-names.js';
import { ListServicesHandler, ShowServiceHandler } from './services/service-query-handlers.js';
import { ServicesController } from './services/services.controller.js';
import { HistoryHandler } from './tickets/history-handler.js';
import { HistoryController } from './tickets/history.controller.js';
import { ListTicketsHandler } from './tickets/list-tickets-handler.js';
import { ListTicketsController } from './tickets/list-tickets.controller.js';
import { ShowTicketHandler } from './tickets/show-ticket-handler.js';
import { ShowTicketController } from './tickets/show-ticket.controller.js';
import { TodosHandler } from './tickets/todos-handler.js';
import { TodosController } from './tickets/todos.controller.js';

/** Queries over HTTP. Needs the stores of a process that reads. */
@Module({
  imports: [CqrsModule, AuthenticationModule, ConsumersModule],
  controllers: [
    ListTicketsController,
    ShowTicketController,
    HistoryController,
    TodosController,
    ServicesController,
    OwnersController,
    ProjectionsController,
    ConsumersController,
    ReportsController,
    EventsController,
  ],
  providers: [
    Freshness,
    ServiceNames,
    ListTicketsHandler,
    ShowTicketHandler,
    ListPastTicketsHandler,
    ShowPastTicketHandler,
    HistoryHandler,
    TodosHandler,
    ListServicesHandler,
    ShowServiceHandler,
    ListOwnersHandler,
    ShowOwnerHandler,
    ListProjectionsHandler,
    ListConsumersHandler,
    GroupNames,
    ReportSummaryHandler,
    ReportFlowHandler,
    ReportDurationsHandler,
    ReportSatisfactionHandler,
    OpenStreams,
    Requesters,
    EventMessages,
    FollowEventsHandler,
  ],
  exports: [ConsumersModule],
})
export class QueriesModule {
  constructor(metrics: Metrics, streams: OpenStreams, states: ConsumerStates) {
    reportOpenStreams(metrics, streams);
    reportConsumerStates(metrics, 'projection', () => states.ofProjections());
  }
}
