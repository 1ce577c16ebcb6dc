package server

import (
	"context"
	"sync"
	"time"
)

// cachedFor is how long what hardly ever changes is kept. Other instances of
// the program may be that late; only words depend on it.
const cachedFor = 10 * time.Second

// cached keeps a value for a few seconds. Nobody waits for another's reading:
// while one reads, the others go on with what was there.
type cached[T any] struct {
	mu    sync.Mutex
	value T
	known bool
	until time.Time
}

// of returns the value, read anew where it is old. Where that fails it is the
// last known one.
func (c *cached[T]) of(ctx context.Context, read func(context.Context) (T, error)) (T, error) {
	c.mu.Lock()
	value, known := c.value, c.known
	if known && time.Now().Before(c.until) {
		c.mu.Unlock()
		return value, nil
	}
	c.until = time.Now().Add(cachedFor)
	c.mu.Unlock()

	fresh, err := read(ctx)
	c.mu.Lock()
	defer c.mu.Unlock()
	if err == nil {
		c.value, c.known = fresh, true
		return fresh, nil
	}
	c.until = time.Time{}
	if c.known {
		return c.value, nil
	}
	return value, err
}

// last returns the last known value.
func (c *cached[T]) last() T {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.value
}
