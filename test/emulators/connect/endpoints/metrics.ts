import type { RecordedRequest } from '../emulator';
import type { Endpoint } from '../exchange';

// A Go server's own series, at rest.
const GO_SERIES = [
	'# HELP go_gc_duration_seconds A summary of the pause duration of garbage collection cycles.',
	'# TYPE go_gc_duration_seconds summary',
	'go_gc_duration_seconds{quantile="0"} 2.9153e-05',
	'go_gc_duration_seconds{quantile="0.5"} 9.7187e-05',
	'go_gc_duration_seconds{quantile="1"} 0.000215819',
	'go_gc_duration_seconds_sum 0.001376862',
	'go_gc_duration_seconds_count 14',
	'# HELP go_goroutines Number of goroutines that currently exist.',
	'# TYPE go_goroutines gauge',
	'go_goroutines 21',
	'# HELP jaeger_tracer_started_spans_total Number of spans started by this tracer as sampled',
	'# TYPE jaeger_tracer_started_spans_total counter',
	'jaeger_tracer_started_spans_total{sampled="y"} 0',
	'# HELP promhttp_metric_handler_requests_in_flight Current number of scrapes being served.',
	'# TYPE promhttp_metric_handler_requests_in_flight gauge',
	'promhttp_metric_handler_requests_in_flight 1',
];

/** The names are recorded ones; so is that requests are counted by path and not by status. */
export const getMetrics: Endpoint = (state) => {
	const answered = state.requests.entries.filter(({ status, route }) => status !== 0 && route.startsWith('/v1/'));
	const lines = [
		...GO_SERIES,
		'# HELP secret_service_api_http_duration_seconds Duration of HTTP requests.',
		'# TYPE secret_service_api_http_duration_seconds histogram',
		...durationsOf(answered),
		'# HELP secret_service_api_http_method_counts Count of HTTP requests by method.',
		'# TYPE secret_service_api_http_method_counts counter',
		...countByPath(answered).map(([labels, count]) => `secret_service_api_http_method_counts{${labels}} ${count}`),
	];
	return { status: 200, contentType: 'text/plain; version=0.0.4', body: `${lines.join('\n')}\n` };
};

/** Every request takes no time here. */
function durationsOf(requests: readonly RecordedRequest[]): string[] {
	const name = 'secret_service_api_http_duration_seconds';
	return countByPath(requests).flatMap(([labels, count]) => [
		`${name}_bucket{${labels},le="0.005"} ${count}`,
		`${name}_bucket{${labels},le="+Inf"} ${count}`,
		`${name}_sum{${labels}} 0`,
		`${name}_count{${labels}} ${count}`,
	]);
}

function countByPath(requests: readonly RecordedRequest[]): Array<[labels: string, count: number]> {
	const counts = new Map<string, number>();
	for (const { method, route } of requests) {
		const labels = `method="${method}",path="${route.replace(/\{\w+\}/g, ':uuid')}"`;
		counts.set(labels, (counts.get(labels) ?? 0) + 1);
	}
	return [...counts];
}
