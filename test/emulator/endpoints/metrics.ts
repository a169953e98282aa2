import type { Endpoint } from '../exchange';

// A Go server's own series, at rest. The request counter's name is a guess.
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
	'# HELP http_requests_total Number of requests answered.',
	'# TYPE http_requests_total counter',
];

export const getMetrics: Endpoint = (state) => {
	const counts = new Map<string, number>();
	for (const { method, route, status } of state.requests.entries) {
		if (status === 0) continue;
		const labels = `code="${status}",method="${method}",route="${route}"`;
		counts.set(labels, (counts.get(labels) ?? 0) + 1);
	}
	const lines = [...counts].map(([labels, count]) => `http_requests_total{${labels}} ${count}`);
	return { status: 200, contentType: 'text/plain; version=0.0.4', body: `${[...GO_SERIES, ...lines].join('\n')}\n` };
};
