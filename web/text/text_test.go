package text

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
	"testing"
	"time"

	"rancak/internal/appraisal"
	"rancak/internal/scoring"
)

func TestEveryValueHasText(t *testing.T) {
	check := func(code, text string) {
		t.Helper()
		if text == "" || text == code || strings.Contains(text, "_") {
			t.Errorf("%q has the text %q", code, text)
		}
	}
	each(appraisal.ReviewKinds, func(k appraisal.ReviewKind) {
		check(string(k), Kind(k))
		check(string(k), KindTask(k))
		check(string(k), KindReaders(k, 3))
	})
	each(appraisal.Stages, func(s appraisal.Stage) {
		check(string(s), Stage(s))
		check(string(s), StageMeaning(s))
	})
	each(appraisal.ReviewStates, func(s appraisal.ReviewState) { check(string(s), ReviewState(s)) })
	each(appraisal.EvaluationStates, func(s appraisal.EvaluationState) { check(string(s), EvaluationState(s)) })
	each(appraisal.Levels, func(l appraisal.Level) {
		check(string(l), Level(l))
		check(string(l), LevelGuidance(true, l))
		check(string(l), LevelGuidance(false, l))
	})
	each(appraisal.Predikats, func(p appraisal.Predikat) { check(string(p), Predikat(p)) })
	each(appraisal.OrgPredikats, func(o appraisal.OrgPredikat) { check(string(o), OrgPredikat(o)) })
	each(appraisal.Roles, func(r appraisal.Role) { check(string(r), Role(r)) })
	each(appraisal.EmploymentKinds, func(k appraisal.EmploymentKind) { check(string(k), EmploymentKind(k)) })
	each(appraisal.PositionKinds, func(k appraisal.PositionKind) { check(string(k), PositionKind(k)) })
	each(appraisal.UnitKinds, func(k appraisal.UnitKind) { check(string(k), UnitKind(k)) })
	each(appraisal.RunStates, func(s appraisal.RunState) { check(string(s), RunState(s)) })
	each(appraisal.UnmetKinds, func(k appraisal.UnmetKind) {
		check(string(k), Unmet(appraisal.Unmet{Kind: k, Predikats: appraisal.Predikats[:1], Bound: 70, People: 8, Total: 10}))
	})
	each(appraisal.Codes, func(c appraisal.Code) {
		for _, field := range []string{"", "nip", "sandi", "hasil", "perilaku", "alasan_hasil", "alasan_perilaku"} {
			check(string(c), Fault(appraisal.Fault{Field: field, Code: c, Number: 1}))
		}
	})
	each(scoring.Groups, func(g scoring.Group) { check(string(g), Group(g)) })
	each(scoring.Cases, func(c scoring.Case) { check(string(c), Case(c)) })
	each(scoring.Gaps, func(g scoring.Gap) { check(string(g), Gap(g)) })
	for _, a := range []appraisal.Answer{1, 2, 3, 4, 5, appraisal.CannotRate} {
		check("", ScaleWord(a))
		check("", ScaleMeaning(a))
	}
}

func each[T any](list []T, f func(T)) {
	for _, v := range list {
		f(v)
	}
}

// TestEveryErrorHasText reads the vocabulary from its source, so that an error
// added there cannot be forgotten here.
func TestEveryErrorHasText(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "../../internal/appraisal/errors.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	sentinels := map[string]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		v, ok := n.(*ast.ValueSpec)
		if !ok || len(v.Names) != 1 || !strings.HasPrefix(v.Names[0].Name, "Err") {
			return true
		}
		message := v.Values[0].(*ast.CallExpr).Args[0].(*ast.BasicLit).Value
		sentinels[strings.Trim(message, `"`)] = true
		return true
	})
	if len(sentinels) == 0 {
		t.Fatal("found no error in errors.go")
	}
	general, _ := Error(errors.New("anything"))
	for _, s := range sentences {
		title, body := Error(s.err)
		if title == "" || body == "" || title == general {
			t.Errorf("%v has the text %q, %q", s.err, title, body)
		}
		delete(sentinels, s.err.Error())
	}
	for message := range sentinels {
		t.Errorf("the error %q has no text", message)
	}
}

func TestThrottled(t *testing.T) {
	for seconds, want := range map[int]string{0: "1 detik", 30: "30 detik", 60: "1 menit", 61: "2 menit"} {
		_, body := Error(&appraisal.ThrottledError{Seconds: seconds})
		if !strings.Contains(body, "Coba lagi dalam "+want+".") {
			t.Errorf("%d seconds: %q", seconds, body)
		}
	}
}

func TestStatus(t *testing.T) {
	seen := map[string]bool{}
	for _, code := range []int{400, 401, 403, 404, 405, 409, 413, 422, 429, 500, 503} {
		title, body := Status(code)
		if title == "" || body == "" || seen[body] {
			t.Errorf("%d has the text %q, %q", code, title, body)
		}
		seen[body] = true
	}
}

func TestDates(t *testing.T) {
	// Half past eleven in the evening in Greenwich is the next morning in Jakarta.
	at := time.Date(2027, time.January, 2, 23, 33, 0, 0, time.UTC)
	for got, want := range map[string]string{
		Date(at):              "3 Januari 2027",
		DateShort(at):         "3 Jan 2027",
		WeekdayDate(at):       "Minggu, 3 Januari 2027",
		Clock(at):             "06.33",
		DateTime(at):          "3 Januari 2027 pukul 06.33 WIB",
		Date(time.Time{}):     None,
		DateTime(time.Time{}): None,
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestDaysLeft(t *testing.T) {
	due := time.Date(2026, time.December, 5, 0, 0, 0, 0, time.UTC) // as a date comes from the database
	lateEvening := time.Date(2026, time.December, 5, 16, 59, 0, 0, time.UTC)
	for _, c := range []struct {
		now  time.Time
		want string
		over bool
	}{
		{due.AddDate(0, 0, -3), "3 hari lagi", false},
		{lateEvening.AddDate(0, 0, -1), "1 hari lagi", false},
		{lateEvening, "hari ini hari terakhir", false},
		{lateEvening.Add(time.Minute), "lewat 1 hari", true},
	} {
		if got := DaysLeft(c.now, due); got != c.want || Overdue(c.now, due) != c.over {
			t.Errorf("at %v: %q, overdue %v", c.now, got, Overdue(c.now, due))
		}
	}
}

func TestNumbers(t *testing.T) {
	for got, want := range map[string]string{
		Score(appraisal.NewRatio(211, 50)):     "4,22",
		Score(appraisal.NewRatio(73, 21)):      "3,48",
		Score(appraisal.NewRatio(1, 200)):      "0,01",
		Score(appraisal.NewRatio(-1, 50)):      "-0,02",
		Score(appraisal.Ratio{}):               None,
		Score1(appraisal.NewRatio(15, 4)):      "3,8",
		Change(appraisal.NewRatio(3, 25)):      "+0,12",
		Change(appraisal.NewRatio(0, 1)):       "0,00",
		Change(appraisal.NewRatio(-3, 25)):     "-0,12",
		Approx(3.66):                           "3,7",
		Percent(1, 8):                          "13%",
		Percent(0, 0):                          None,
		Share(appraisal.NewRatio(10, 1)):       "10%",
		Share(appraisal.NewRatio(300, 17)):     "17,6%",
		Int(0):                                 "0",
		Int(999):                               "999",
		Int(3482):                              "3.482",
		Int(-1234567):                          "-1.234.567",
		Duration(59 * time.Second):             "kurang dari 1 menit",
		Duration(2*time.Minute + time.Second):  "3 menit",
		Duration(time.Hour):                    "1 jam",
		Duration(80 * time.Minute):             "1 jam 20 menit",
		Initials("Dr. Yulia Rahmadani, M.Pd."): "YR",
		Initials("Hj. Erna"):                   "E",
		Initials("M. Fadli Akbar"):             "MA",
		Initials(""):                           "",
		List("a"):                              "a",
		List("a", "b"):                         "a dan b",
		Either("a", "b", "c"):                  "a, b, atau c",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestReviewFault(t *testing.T) {
	in := appraisal.Instrument{Behaviours: []appraisal.Behaviour{
		{Name: "Harmonis", Items: make([]appraisal.Item, 3)},
		{Name: "Loyal", Items: make([]appraisal.Item, 1)},
	}}
	for fault, want := range map[appraisal.Fault]string{
		{Field: "f1", Code: appraisal.CodeAnswerMissing, Number: 2}: "Harmonis: pernyataan 2 belum dijawab.",
		{Field: "f3", Code: appraisal.CodeAnswerMissing, Number: 1}: "Loyal belum dijawab.",
		{Field: "f4", Code: appraisal.CodeCommentNeeded}:            "Harmonis: tulis satu kejadian nyata, karena ada nilai 1 atau 5.",
		{Field: "f9", Code: appraisal.CodeRequired}:                 "Bagian ini perlu diisi.",
		{Field: "x", Code: appraisal.CodeRequired}:                  "Bagian ini perlu diisi.",
	} {
		if got := ReviewFault(in, fault); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
