package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"strconv"
	"sync"
	"time"
)

// mostRequests bounds a load in number, as its duration bounds it in time.
const mostRequests = 2_000_000

// warmUp is how long a load lasts before it counts.
const warmUp = time.Second

// hammer is a load of requests over a few connections that are kept open, each
// request after the answer to the one before.
type hammer struct {
	addr  string
	conns int
	lasts time.Duration
	// request makes the n-th request of a connection. answered, where it is
	// given, hears how the last one went.
	request  func(conn, n int) []byte
	answered func(conn int, ok bool)
	want     int // status
}

// tally is what came of a load.
type tally struct {
	count, failed int
	took          time.Duration
	times         []time.Duration // sorted
	bytes         int64
	failure       string // the first
}

// add adds another part of the same load.
func (t *tally) add(o tally) {
	t.count += o.count
	t.failed += o.failed
	t.took += o.took
	t.bytes += o.bytes
	t.times = append(t.times, o.times...)
	slices.Sort(t.times)
	if t.failure == "" {
		t.failure = o.failure
	}
}

func (t tally) perSecond() float64 { return float64(t.count) / t.took.Seconds() }

// quantile returns the time within which a share of the requests was answered.
func (t tally) quantile(share float64) time.Duration {
	if len(t.times) == 0 {
		return 0
	}
	return t.times[min(int(share*float64(len(t.times))), len(t.times)-1)]
}

// body is the mean length of an answer.
func (t tally) body() int64 { return t.bytes / int64(max(t.count, 1)) }

// strike puts the load on.
func (h hammer) strike(ctx context.Context) (tally, error) {
	ctx, cancel := context.WithTimeout(ctx, warmUp+h.lasts+10*time.Second)
	defer cancel()
	begin := time.Now().Add(warmUp)
	end := begin.Add(h.lasts)
	parts, errs := make([]tally, h.conns), make([]error, h.conns)
	var wg sync.WaitGroup
	for i := range h.conns {
		wg.Go(func() { parts[i], errs[i] = h.connection(ctx, i, begin, end) })
	}
	wg.Wait()
	all := tally{took: h.lasts}
	for _, p := range parts {
		all.add(p)
	}
	return all, errors.Join(errs...)
}

// connection sends requests between two moments; those before begin warm up.
func (h hammer) connection(ctx context.Context, i int, begin, end time.Time) (t tally, err error) {
	var d net.Dialer
	c, err := d.DialContext(ctx, "tcp", h.addr)
	if err != nil {
		return t, err
	}
	defer c.Close()
	defer context.AfterFunc(ctx, func() { _ = c.Close() })()
	in := bufio.NewReaderSize(c, 64<<10)
	for n := 0; n < mostRequests/h.conns; n++ {
		start := time.Now()
		if start.After(end) {
			break
		}
		if _, err := c.Write(h.request(i, n)); err != nil {
			return t, fmt.Errorf("sending request %d: %w", n, err)
		}
		status, size, err := readAnswer(in)
		if err != nil {
			return t, fmt.Errorf("reading answer %d: %w", n, err)
		}
		ok := status == h.want
		if h.answered != nil {
			h.answered(i, ok)
		}
		switch {
		case !ok:
			t.failed++
			t.failure = fmt.Sprintf("status %d instead of %d", status, h.want)
		case start.After(begin):
			t.count++
			t.bytes += size
			t.times = append(t.times, time.Since(start))
		}
	}
	return t, nil
}

// readAnswer reads one answer of HTTP/1.1 and returns its status and the
// length of its body. The client of the standard library would take as long as
// the server.
func readAnswer(in *bufio.Reader) (status int, size int64, err error) {
	line, err := in.ReadSlice('\n')
	if err != nil {
		return 0, 0, err
	}
	if len(line) < 12 || !bytes.HasPrefix(line, []byte("HTTP/1.1 ")) {
		return 0, 0, fmt.Errorf("not an answer: %q", line)
	}
	if status, err = strconv.Atoi(string(line[9:12])); err != nil {
		return 0, 0, err
	}
	chunked := false
	for {
		if line, err = in.ReadSlice('\n'); err != nil {
			return status, 0, err
		}
		name, value, ok := bytes.Cut(line, []byte(":"))
		if !ok {
			break // the empty line
		}
		value = bytes.TrimSpace(value)
		switch {
		case bytes.EqualFold(name, []byte("Content-Length")):
			if size, err = strconv.ParseInt(string(value), 10, 64); err != nil {
				return status, 0, err
			}
		case bytes.EqualFold(name, []byte("Transfer-Encoding")):
			chunked = bytes.EqualFold(value, []byte("chunked"))
		}
	}
	if chunked {
		size, err = readChunks(in)
		return status, size, err
	}
	_, err = io.CopyN(io.Discard, in, size)
	return status, size, err
}

func readChunks(in *bufio.Reader) (size int64, err error) {
	for {
		line, err := in.ReadSlice('\n')
		if err != nil {
			return size, err
		}
		n, err := strconv.ParseInt(string(bytes.TrimSpace(line)), 16, 64)
		if err != nil {
			return size, err
		}
		if _, err := in.Discard(int(n) + len("\r\n")); err != nil {
			return size, err
		}
		if n == 0 {
			return size, nil
		}
		size += n
	}
}
