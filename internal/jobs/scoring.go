package jobs

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"

	"rancak/internal/app"
	"rancak/internal/appraisal"
)

// longestRun bounds a scoring run. River takes a job for lost after rescueAfter,
// which must lie above twice that; a run that nobody works on any more is found
// much earlier by the lock it holds (see reviveWorker).
const (
	longestRun  = 6 * time.Hour
	rescueAfter = 13 * time.Hour
	reviveEvery = time.Minute
	sweepEvery  = time.Hour
)

// scoringArgs asks for work on a scoring run.
type scoringArgs struct {
	Run appraisal.RunID `json:"run"`
}

// Kind names the job in the queue.
func (scoringArgs) Kind() string { return "scoring" }

type scoringWorker struct {
	river.WorkerDefaults[scoringArgs]
	runner *app.Runner
}

func (w *scoringWorker) Work(ctx context.Context, job *river.Job[scoringArgs]) error {
	return w.runner.Run(ctx, job.Args.Run)
}

func (w *scoringWorker) Timeout(*river.Job[scoringArgs]) time.Duration { return longestRun }

// Reviver finds runs that a crash left without a worker.
type Reviver interface {
	RequeueAbandoned(ctx context.Context) error
}

type reviveArgs struct{}

// Kind names the job in the queue.
func (reviveArgs) Kind() string { return "revive_runs" }

type reviveWorker struct {
	river.WorkerDefaults[reviveArgs]
	reviver Reviver
}

func (w *reviveWorker) Work(ctx context.Context, _ *river.Job[reviveArgs]) error {
	return w.reviver.RequeueAbandoned(ctx)
}

// Sweeper removes what has expired.
type Sweeper interface {
	Sweep(ctx context.Context) error
}

type sweepArgs struct{}

// Kind names the job in the queue.
func (sweepArgs) Kind() string { return "sweep" }

type sweepWorker struct {
	river.WorkerDefaults[sweepArgs]
	sweeper Sweeper
}

func (w *sweepWorker) Work(ctx context.Context, _ *river.Job[sweepArgs]) error {
	return w.sweeper.Sweep(ctx)
}

// Work is what the workers call.
type Work struct {
	Runner  *app.Runner
	Reviver Reviver
	Sweeper Sweeper
}

// Client puts jobs into the queue and works on them.
type Client struct{ river *river.Client[pgx.Tx] }

// NewInserter returns a client that only puts jobs into the queue.
func NewInserter(pool *pgxpool.Pool) (*Client, error) {
	c, err := river.NewClient(riverpgxv5.New(pool), &river.Config{Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return nil, fmt.Errorf("opening the queue: %w", err)
	}
	return &Client{c}, nil
}

// NewWorker returns a client that works on jobs once started. The pool is a
// direct one: River listens on it.
func NewWorker(pool *pgxpool.Pool, w Work, log *slog.Logger) (*Client, error) {
	workers := river.NewWorkers()
	river.AddWorker(workers, &scoringWorker{runner: w.Runner})
	river.AddWorker(workers, &reviveWorker{reviver: w.Reviver})
	river.AddWorker(workers, &sweepWorker{sweeper: w.Sweeper})
	periodic := func(every time.Duration, args river.JobArgs) *river.PeriodicJob {
		return river.NewPeriodicJob(river.PeriodicInterval(every),
			func() (river.JobArgs, *river.InsertOpts) { return args, nil },
			&river.PeriodicJobOpts{RunOnStart: true})
	}
	c, err := river.NewClient(riverpgxv5.New(pool), &river.Config{
		Logger:               slog.New(warnings{log.Handler()}),
		Queues:               map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: 4}},
		Workers:              workers,
		RescueStuckJobsAfter: rescueAfter,
		PeriodicJobs:         []*river.PeriodicJob{periodic(reviveEvery, reviveArgs{}), periodic(sweepEvery, sweepArgs{})},
	})
	if err != nil {
		return nil, fmt.Errorf("opening the queue: %w", err)
	}
	return &Client{c}, nil
}

// EnqueueRun puts a scoring run into the queue in the transaction of its cause.
func (c *Client) EnqueueRun(ctx context.Context, tx pgx.Tx, id appraisal.RunID) error {
	if _, err := c.river.InsertTx(ctx, tx, scoringArgs{Run: id}, nil); err != nil {
		return fmt.Errorf("queueing run %d: %w", id, err)
	}
	return nil
}

// Start begins to work on jobs, until Stop.
func (c *Client) Start(ctx context.Context) error {
	if err := c.river.Start(ctx); err != nil {
		return fmt.Errorf("starting the queue: %w", err)
	}
	return nil
}

// Stop lets jobs that are under way end while ctx lasts, then interrupts them:
// they go on at the next start.
func (c *Client) Stop(ctx context.Context) error {
	err := c.river.Stop(ctx)
	if err != nil && ctx.Err() != nil {
		err = c.river.StopAndCancel(context.WithoutCancel(ctx))
	}
	if err != nil {
		return fmt.Errorf("stopping the queue: %w", err)
	}
	return nil
}
