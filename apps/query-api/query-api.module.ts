import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { ListProjectionsHandler } from './admin/list-projections-handler.js';
import { ProjectionsController } from './admin/projections.js';
import { EventsController } from './events/events.js';
import { FollowEventsHandler } from './events/follow-events-handler.js';
import { LiveLog } from './events/live-log.js';
import { OpenStreams } from './events/open-streams.js';
import { Requesters } from './events/requesters.js';
import { Telling } from './events/telling.js';
import { ListOwnersHandler, ShowOwnerHandler } from './owners/owner-query-handlers.js';
import { OwnersController } from './owners/owners.js';
import { ListPastTicketsHandler } from './past/list-past-tickets-handler.js';
import { ShowPastTicketHandler } from './past/show-past-ticket-handler.js';
import { ReportDurationsHandler } from './reports/durations-handler.js';
import { ReportFlowHandler } from './reports/flow-handler.js';
import { GroupNames } from './reports/group-names.js';
import { ReportsController } from './reports/reports.js';
import { ReportSatisfactionHandler } from './reports/satisfaction-handler.js';
import { ReportSummaryHandler } from './reports/summary-handler.js';
import { ServiceNames } from './service-names.js';
import { ListServicesHandler, ShowServiceHandler } from './services/service-query-handlers.js';
import { ServicesController } from './services/services.js';
import { HistoryHandler } from './tickets/history-handler.js';
import { HistoryController } from './tickets/history.js';
import { ListTicketsHandler } from './tickets/list-tickets-handler.js';
import { ListTicketsController } from './tickets/list-tickets.js';
import { ShowTicketHandler } from './tickets/show-ticket-handler.js';
import { ShowTicketController } from './tickets/show-ticket.js';
import { TodosHandler } from './tickets/todos-handler.js';
import { TodosController } from './tickets/todos.js';

/** Queries over HTTP. It is given Views, Freshness, the log to read, and what platform provides. */
@Module({
  imports: [CqrsModule],
  controllers: [
    ListTicketsController,
    ShowTicketController,
    HistoryController,
    TodosController,
    ServicesController,
    OwnersController,
    ProjectionsController,
    ReportsController,
    EventsController,
  ],
  providers: [
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
    GroupNames,
    ReportSummaryHandler,
    ReportFlowHandler,
    ReportDurationsHandler,
    ReportSatisfactionHandler,
    LiveLog,
    OpenStreams,
    Requesters,
    Telling,
    FollowEventsHandler,
  ],
})
export class QueryApiModule {}
