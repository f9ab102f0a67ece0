{{- define "spatialcluster.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 40 | trimSuffix "-" -}}
{{- end -}}

{{- define "spatialcluster.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" -}}
{{- else if contains (include "spatialcluster.name" .) .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name (include "spatialcluster.name" .) | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{/* What selects the pods of all lanes. It never changes: a Deployment's selector cannot. */}}
{{- define "spatialcluster.selector" -}}
app.kubernetes.io/name: {{ include "spatialcluster.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "spatialcluster.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{ include "spatialcluster.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/part-of: spatialcluster
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "spatialcluster.serviceAccount" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "spatialcluster.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{- define "spatialcluster.image" -}}
{{- if .Values.image.digest -}}
{{- printf "%s@%s" .Values.image.repository .Values.image.digest -}}
{{- else -}}
{{- printf "%s:%s" .Values.image.repository (default .Chart.AppVersion .Values.image.tag) -}}
{{- end -}}
{{- end -}}

{{/* The port of a URL, which may leave it to its scheme. */}}
{{- define "spatialcluster.portOf" -}}
{{- $url := urlParse . -}}
{{- $host := get $url "host" -}}
{{- if regexMatch ":[0-9]+$" $host -}}
{{- regexFind "[0-9]+$" $host -}}
{{- else -}}
{{- get (dict "amqp" "5672" "amqps" "5671" "https" "443" "http" "80" "azurite" "10000") (get $url "scheme") -}}
{{- end -}}
{{- end -}}

{{/* What a schema cannot say. */}}
{{- define "spatialcluster.check" -}}
{{- $_ := required "broker.url is missing: give the broker as amqp[s]://host[:port]/vhost, without user and password." .Values.broker.url -}}
{{- $_ := required "store.url is missing: give the store as https://ACCOUNT.blob.core.windows.net/CONTAINER, or file:///store with store.existingClaim." .Values.store.url -}}
{{- $_ := required "apiToken.existingSecret is missing: silos listen on the pod's address, and that needs a token; name a secret that has it." .Values.apiToken.existingSecret -}}
{{- $needed := add .Values.silo.checkpointIntervalSeconds .Values.silo.graceSeconds -}}
{{- if le (int .Values.silo.terminationGracePeriodSeconds) (int $needed) -}}
{{- fail (printf "silo.terminationGracePeriodSeconds is %d, but must be longer than silo.checkpointIntervalSeconds and silo.graceSeconds together (%d)." (int .Values.silo.terminationGracePeriodSeconds) (int $needed)) -}}
{{- end -}}
{{- $file := hasPrefix "file://" .Values.store.url -}}
{{- if and $file (not .Values.store.existingClaim) -}}
{{- fail "store.url is a folder, which would be gone with its pod: name a claim that many nodes can write in store.existingClaim." -}}
{{- end -}}
{{- if and .Values.store.existingClaim (not (or (eq .Values.store.url "file:///store") (hasPrefix "file:///store/" .Values.store.url))) -}}
{{- fail "store.existingClaim is mounted at /store, but store.url is elsewhere: give file:///store, or leave the claim away." -}}
{{- end -}}
{{- if and .Values.broker.caSecret (not (hasPrefix "amqps://" .Values.broker.url)) -}}
{{- fail "broker.caSecret is given, but broker.url is not amqps://: the connection would not be encrypted." -}}
{{- end -}}
{{- if and .Values.ingress.enabled (not .Values.ingress.host) -}}
{{- fail "ingress.host is missing." -}}
{{- end -}}
{{- if and (eq .Values.autoscaling.kind "keda") (not .Values.autoscaling.keda.prometheusUrl) -}}
{{- fail "autoscaling.keda.prometheusUrl is missing: KEDA asks Prometheus how many grains wait." -}}
{{- end -}}
{{- $names := list -}}
{{- range .Values.lanes -}}
{{- if has .name $names -}}
{{- fail (printf "lanes has two entries called %s." .name) -}}
{{- end -}}
{{- $names = append $names .name -}}
{{- if and $.Values.autoscaling.kind (lt (int (default 10 .maxReplicas)) (int (default 1 .minReplicas))) -}}
{{- fail (printf "lane %s: maxReplicas is less than minReplicas." .name) -}}
{{- end -}}
{{- if and (eq $.Values.autoscaling.kind "hpa") (hasKey . "minReplicas") (eq (int .minReplicas) 0) -}}
{{- fail (printf "lane %s: minReplicas is 0, which only KEDA can do; set autoscaling.kind to keda, or minReplicas to 1." .name) -}}
{{- end -}}
{{- if and .threads (lt (int .threads) (int (include "spatialcluster.slots" .))) -}}
{{- fail (printf "lane %s: %d threads are too few for its devices; each needs one." .name (int .threads)) -}}
{{- end -}}
{{- if and (hasKey . "maxSurge") (hasKey . "maxUnavailable") (eq (int .maxSurge) 0) (eq (int .maxUnavailable) 0) -}}
{{- fail (printf "lane %s: maxSurge and maxUnavailable are both 0; nothing could be rolled out." .name) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* How many devices a pod has. */}}
{{- define "spatialcluster.slots" -}}
{{- if .devices -}}{{ len .devices }}{{- else -}}{{ default 1 .slots }}{{- end -}}
{{- end -}}

{{/* How many of them serve the pod's lane: a pod with a GPU may have devices of the CPU beside it. */}}
{{- define "spatialcluster.devices" -}}
{{- if .devices -}}
{{- $lane := .name -}}
{{- $own := 0 -}}
{{- range .devices -}}
{{- if hasPrefix (printf "%s:" $lane) . -}}{{- $own = add1 $own -}}{{- end -}}
{{- end -}}
{{- max 1 $own -}}
{{- else -}}
{{- default 1 .slots -}}
{{- end -}}
{{- end -}}
