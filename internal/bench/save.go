package main

import (
	"context"
	"fmt"
	"strconv"
	"sync/atomic"

	"rancak/internal/appraisal"
	"rancak/web/page"
	"rancak/web/path"
)

// itemsOfForm is the length of the self-assessment.
const itemsOfForm = 21

// saver saves answers like the script of the page: one item at a time, with
// the version that the page has seen.
type saver struct {
	*load
	versions [][itemsOfForm]int // of each form
	next     []int              // field of each form
	at       []int              // form of each connection's last request
	stored   atomic.Int64
}

func newSaver(l *load) *saver {
	return &saver{load: l, versions: make([][itemsOfForm]int, len(l.forms)), next: make([]int, len(l.forms)), at: make([]int, l.conns)}
}

func (s *saver) hammer(addr string) hammer {
	heads := make([][]byte, len(s.forms))
	for i, f := range s.forms {
		heads[i] = fmt.Appendf(nil, "POST %s HTTP/1.1\r\nHost: %s\r\nCookie: %s=%s\r\nAccept: application/json\r\n"+
			"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ", path.ReviewSave(f.Review), addr, sessionCookie, f.cookie)
	}
	buffers := make([][]byte, s.conns)
	return hammer{want: 200, answered: s.answered, request: func(conn, n int) []byte {
		form := s.of(conn, n)
		s.at[conn] = form
		field := s.next[form]
		version := s.versions[form][field]
		body := "field=" + strconv.Itoa(field) + "&version=" + strconv.Itoa(version) +
			"&value=" + page.AnswerValue(appraisal.Answer(version%int(appraisal.ScaleMax)+1))
		b := append(buffers[conn][:0], heads[form]...)
		b = strconv.AppendInt(b, int64(len(body)), 10)
		b = append(append(b, "\r\n\r\n"...), body...)
		buffers[conn] = b
		return b
	}}
}

func (s *saver) answered(conn int, ok bool) {
	form := s.at[conn]
	if ok {
		s.versions[form][s.next[form]]++
		s.stored.Add(1)
	}
	s.next[form] = (s.next[form] + 1) % itemsOfForm
}

// verify compares what was acknowledged with what is stored.
func (s *saver) verify(ctx context.Context) error {
	ids := make([]appraisal.ReviewID, len(s.forms))
	for i, f := range s.forms {
		ids[i] = f.Review
	}
	stored, err := scalar[int64](ctx, s.city, "SELECT sum(v) FROM reviews r, unnest(r.versions[1:r.items]) v WHERE r.id = ANY ($1)", ids)
	if err != nil {
		return err
	}
	fmt.Fprintf(s.w, "  %-46s %9d of %d\n", "  acknowledged saves found in the database", stored, s.stored.Load())
	return nil
}
