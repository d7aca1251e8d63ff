import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { AuthenticationModule } from '#platform/authentication/authentication.module.js';
import { reportConsumerStates } from '#platform/process/consumer-metrics.js';
import { ConsumerStates } from '#platform/process/consumer-states.js';
import { ConsumersModule } from '#platform/process/consumers.module.js';
import { Metrics } from '#platform/process/metrics.js';
import { ConsumersController } from './admin/consumers.controller.js';
import { ListConsumersHandler, ListProjectionsHandler } from './admin/list-consumers-query.js';
import { EventMessages } from './events/event-messages.js';
import { EventsController } from './events/events.controller.js';
import { FollowEventsHandler } from './events/follow-events-handler.js';
import { OpenStreams } from './events/open-streams.js';
import { Requesters } from './events/requesters.js';
import { reportOpenStreams } from './events/stream-metrics.js';
import { Freshness } from './freshness.js';
import { MeController } from './me/me.controller.js';
import { ShowMeHandler } from './me/show-me-query.js';
import { EngineerListController } from './owners/engineer-list.controller.js';
import { ListEngineersHandler } from './owners/list-engineers-query.js';
import { ListOwnersHandler } from './owners/list-owners-query.js';
import { OwnersController } from './owners/owners.controller.js';
import { ShowOwnerHandler } from './owners/show-owner-query.js';
import { ListPastTicketsHandler } from './past/list-past-tickets-query.js';
import { ShowPastTicketHandler } from './past/show-past-ticket-query.js';
import { ReportDurationsHandler } from './reports/report-durations-query.js';
import { ReportFlowHandler } from './reports/report-flow-query.js';
import { ReportSatisfactionHandler } from './reports/report-satisfaction-query.js';
import { ReportSummaryHandler } from './reports/report-summary-query.js';
import { ReportsController } from './reports/reports.controller.js';
import { ListServicesHandler } from './services/list-services-query.js';
import { ServicesController } from './services/services.controller.js';
import { ShowServiceHandler } from './services/show-service-query.js';
import { ListEntriesHandler } from './tickets/list-entries-query.js';
import { ListTicketsHandler } from './tickets/list-tickets-query.js';
import { ListTodosHandler } from './tickets/list-todos-query.js';
import { ShowHistoryHandler } from './tickets/show-history-query.js';
import { ShowTicketHandler } from './tickets/show-ticket-query.js';
import { TicketQueriesController } from './tickets/ticket-queries.controller.js';

/** Queries over HTTP. Needs the stores of a process that reads. */
@Module({
  imports: [CqrsModule, AuthenticationModule, ConsumersModule],
  controllers: [
    TicketQueriesController,
    ServicesController,
    OwnersController,
    EngineerListController,
    MeController,
    ConsumersController,
    ReportsController,
    EventsController,
  ],
  providers: [
    Freshness,
    ListTicketsHandler,
    ShowTicketHandler,
    ListPastTicketsHandler,
    ShowPastTicketHandler,
    ListEntriesHandler,
    ShowHistoryHandler,
    ListTodosHandler,
    ListServicesHandler,
    ShowServiceHandler,
    ListOwnersHandler,
    ShowOwnerHandler,
    ListEngineersHandler,
    ShowMeHandler,
    ListProjectionsHandler,
    ListConsumersHandler,
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
