import { ALL } from './access.js';
import type { Node } from './node.js';
import { Outflow, type ReadCall } from './outflow.js';
import { readAll, readStream } from './read-pages.js';
import { readRequestOf, type ReadRequest } from './read-request.js';
import { isRefusal, type Refusal } from './refusals.js';
import { Subscription } from './subscription.js';

/** `Read`: a number of events of a stream or of `$all`, or a subscription to all future ones. */
export function read(node: Node, subscriptions: Set<Subscription>, call: ReadCall): void {
  const refuse = (refusal: Refusal): void => {
    call.emit('error', refusal);
  };
  // A call whose connection is cut cannot be answered.
  call.on('error', () => undefined);
  const request = readRequestOf(call.request);
  if (isRefusal(request)) {
    refuse(request);
    return;
  }
  node.serve(
    call,
    request.kind === 'all' ? ALL : request.name,
    () => {
      if (request.count === null) subscribe(node, subscriptions, call, request, refuse);
      else answer(node, call, request, refuse);
    },
    refuse,
  );
}

function answer(
  node: Node,
  call: ReadCall,
  request: ReadRequest,
  refuse: (refusal: Refusal) => void,
): void {
  const answers =
    request.kind === 'stream' ? readStream(node.log, request) : readAll(node.log, request);
  if (isRefusal(answers)) {
    refuse(answers);
    return;
  }
  const outflow = new Outflow(node, call);
  const more = (): void => {
    while (outflow.open) {
      const next = answers.next();
      if (next.done === true) {
        outflow.end();
        return;
      }
      if (!outflow.send(next.value)) {
        outflow.onceDrained(more);
        return;
      }
    }
  };
  more();
}

function subscribe(
  node: Node,
  subscriptions: Set<Subscription>,
  call: ReadCall,
  request: ReadRequest,
  refuse: (refusal: Refusal) => void,
): void {
  const subscription = Subscription.begin(node, call, request);
  if (isRefusal(subscription)) {
    refuse(subscription);
    return;
  }
  subscriptions.add(subscription);
  call.on('cancelled', () => {
    subscription.end();
    subscriptions.delete(subscription);
  });
}
