"""What Prometheus reads at `/metrics`: the pool, the requests and what was lost of the log; no query and no client."""

from __future__ import annotations

from collections.abc import Iterator

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from kg import __version__
from kg.server.workers import Pool

__all__ = ["MEDIA", "Metrics"]

MEDIA = CONTENT_TYPE_PLAIN_0_0_4
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Metrics:
    """The figures of one server; nothing is shared with other servers of the process."""

    def __init__(self, pool: Pool) -> None:
        self._registry = CollectorRegistry()
        self._registry.register(_Pool(pool))
        self._requests = Counter("kg_requests", "Requests answered.", ("place", "status"), registry=self._registry)
        self._seconds = Histogram(
            "kg_request_seconds", "From the request to the end of its answer.", ("place",),
            buckets=_SECONDS, registry=self._registry,
        )  # fmt: skip
        self._lost = Counter("kg_log_lines_lost", "Lines that could not be written.", registry=self._registry)

    def count(self, place: str, status: int, seconds: float) -> None:
        """Count a request; `place` is one of a few names, never an address."""
        self._requests.labels(place, str(status)).inc()
        self._seconds.labels(place).observe(seconds)

    def lose(self) -> None:
        """Count a line of the log that could not be written."""
        self._lost.inc()

    def text(self) -> bytes:
        """Return everything in the text format of Prometheus."""
        return generate_latest(self._registry)


class _Pool:
    """The figures of a pool, asked for whenever somebody reads."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    def collect(self) -> Iterator[Metric]:
        """Yield each figure."""
        told = self._pool.figures()
        info = GaugeMetricFamily("kg_info", "The version and the data that are served.", labels=("version", "key"))
        info.add_metric((__version__, told.key), 1)
        yield info
        for name, what, value in (
            ("kg_quads", "Quads that are served.", told.quads),
            ("kg_graphs", "Named graphs that are served.", told.graphs),
            ("kg_workers", "Processes that answer queries.", told.workers),
            ("kg_workers_idle", "Processes that wait for a query.", told.idle),
            ("kg_workers_isolated", "1 where queries run without a network.", int(told.isolated)),
            ("kg_queries_running", "Queries that run.", told.running + told.slow),
            ("kg_queries_slow", "Long queries that strangers ask, among them.", told.slow),
            ("kg_queries_waiting", "Queries that wait for their turn.", told.waiting),
        ):
            yield GaugeMetricFamily(name, what, value=value)
        for name, what, total in (
            ("kg_queries_answered", "Queries answered whole.", told.answered),
            ("kg_queries_kept", "Queries answered from what was kept.", told.kept),
            ("kg_queries_refused", "Queries sent away, since too many waited.", told.refused),
            ("kg_queries_seconds", "Seconds that queries have run.", told.seconds),
            ("kg_workers_started", "Processes started.", told.started),
            ("kg_workers_killed", "Processes ended by the server.", told.killed),
            ("kg_reloads", "Times that new data were loaded.", told.reloads),
        ):
            yield CounterMetricFamily(name, what, value=total)
        failed = CounterMetricFamily("kg_queries_failed", "Queries that ended in an error.", labels=("error",))
        for error, count in sorted(told.failed.items()):
            failed.add_metric((error,), count)
        yield failed
