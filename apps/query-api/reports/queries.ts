import { Query } from '@nestjs/cqrs';
import type {
  DurationsRequest,
  FlowRequest,
  SatisfactionRequest,
  SummaryRequest,
} from './requests.js';

export class ReportSummary extends Query<object> {
  constructor(readonly request: SummaryRequest) {
    super();
  }
}

export class ReportFlow extends Query<object> {
  constructor(readonly request: FlowRequest) {
    super();
  }
}

export class ReportDurations extends Query<object> {
  constructor(readonly request: DurationsRequest) {
    super();
  }
}

export class ReportSatisfaction extends Query<object> {
  constructor(readonly request: SatisfactionRequest) {
    super();
  }
}
