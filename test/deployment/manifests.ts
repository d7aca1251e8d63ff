/** The checked members of the manifests. `npm run check:deployment` checks their schemas. */
export interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly automountServiceAccountToken?: boolean;
  readonly spec: {
    readonly replicas?: number;
    readonly minReplicas?: number;
    readonly scaleTargetRef?: { readonly name: string };
    readonly selector: object;
    readonly template: Template;
    readonly podSelector?: object;
    readonly ingress?: readonly {
      readonly from: readonly object[];
      readonly ports: readonly { readonly port: string }[];
    }[];
    readonly egress?: readonly { readonly ports: readonly { readonly port: number }[] }[];
  };
}

interface Template {
  readonly metadata: { readonly labels: object; readonly annotations: object };
  readonly spec: {
    readonly serviceAccountName: string;
    readonly automountServiceAccountToken: boolean;
    readonly terminationGracePeriodSeconds: number;
    readonly securityContext: object;
    readonly topologySpreadConstraints: readonly {
      readonly topologyKey: string;
      readonly labelSelector: { readonly matchLabels: object };
    }[];
    readonly containers: readonly Container[];
    readonly volumes: readonly {
      readonly name: string;
      readonly emptyDir?: { readonly sizeLimit: string };
    }[];
  };
}

interface Container {
  readonly image: string;
  readonly ports: readonly { readonly containerPort: number }[];
  readonly env: readonly { readonly name: string; readonly value: string }[];
  readonly envFrom: readonly object[];
  readonly securityContext: object;
  readonly resources: { readonly requests: object; readonly limits: object };
  readonly startupProbe: Probe;
  readonly livenessProbe: Probe;
  readonly readinessProbe: Probe;
  readonly lifecycle: { readonly preStop: { readonly sleep: { readonly seconds: number } } };
  readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[];
}

export interface Probe {
  readonly httpGet: { readonly path: string; readonly port: string };
}

export interface Kustomization {
  readonly resources: readonly string[];
  readonly images: readonly { readonly name: string; readonly newTag: string }[];
  readonly configMapGenerator: readonly { readonly literals: readonly string[] }[];
}
