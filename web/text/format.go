package text

import (
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // the time zone must be known on every machine

	"rancak/internal/appraisal"
)

// None stands where there is no value.
const None = "–"

// zone is the business time zone.
var zone = mustLoad("Asia/Jakarta")

func mustLoad(name string) *time.Location {
	l, err := time.LoadLocation(name)
	if err != nil {
		panic(err) // the time zones are part of the program
	}
	return l
}

var months = [...]string{
	"Januari", "Februari", "Maret", "April", "Mei", "Juni",
	"Juli", "Agustus", "September", "Oktober", "November", "Desember",
}

var weekdays = [...]string{"Minggu", "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu"}

// Date returns a date: "3 Januari 2027"; [None] for no time.
func Date(t time.Time) string {
	if t.IsZero() {
		return None
	}
	t = t.In(zone)
	return strconv.Itoa(t.Day()) + " " + months[t.Month()-1] + " " + strconv.Itoa(t.Year())
}

// DateShort returns a date for narrow columns: "3 Jan 2027".
func DateShort(t time.Time) string {
	if t.IsZero() {
		return None
	}
	t = t.In(zone)
	return strconv.Itoa(t.Day()) + " " + months[t.Month()-1][:3] + " " + strconv.Itoa(t.Year())
}

// WeekdayDate returns a date with its day: "Minggu, 3 Januari 2027".
func WeekdayDate(t time.Time) string {
	if t.IsZero() {
		return None
	}
	return weekdays[t.In(zone).Weekday()] + ", " + Date(t)
}

// Clock returns the time of day: "14.03".
func Clock(t time.Time) string {
	if t.IsZero() {
		return None
	}
	return t.In(zone).Format("15.04")
}

// DateTime returns date and time of day: "3 Januari 2027 pukul 14.03 WIB".
func DateTime(t time.Time) string {
	if t.IsZero() {
		return None
	}
	return Date(t) + " pukul " + Clock(t) + " WIB"
}

// DaysLeft says how far a due date is, counted in calendar days: "3 hari
// lagi", "hari ini hari terakhir", "lewat 2 hari".
func DaysLeft(now, due time.Time) string {
	switch days := dayNumber(due) - dayNumber(now); {
	case days > 0:
		return strconv.Itoa(days) + " hari lagi"
	case days == 0:
		return "hari ini hari terakhir"
	default:
		return "lewat " + strconv.Itoa(-days) + " hari"
	}
}

// Overdue reports whether the day of due has passed.
func Overdue(now, due time.Time) bool { return dayNumber(due) < dayNumber(now) }

func dayNumber(t time.Time) int {
	y, m, d := t.In(zone).Date()
	return int(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// Duration says roughly how long something takes: "kurang dari 1 menit",
// "3 menit", "1 jam 20 menit".
func Duration(d time.Duration) string {
	minutes := int((d + time.Minute - 1) / time.Minute)
	hours, rest := minutes/60, minutes%60
	switch {
	case d < time.Minute:
		return "kurang dari 1 menit"
	case hours == 0:
		return strconv.Itoa(minutes) + " menit"
	case rest == 0:
		return strconv.Itoa(hours) + " jam"
	default:
		return strconv.Itoa(hours) + " jam " + strconv.Itoa(rest) + " menit"
	}
}

// Int returns a whole number with its thousands set apart: "3.482".
func Int(n int) string {
	digits := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, digits = "-", digits[1:]
	}
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "." + digits[i:]
	}
	return sign + digits
}

// Score returns a value rounded half up to two decimals: "4,22".
func Score(r appraisal.Ratio) string { return decimal(r, 2) }

// Score1 returns a value rounded half up to one decimal: "4,2".
func Score1(r appraisal.Ratio) string { return decimal(r, 1) }

// Change returns a difference with its sign: "+0,12", "-0,12", "0,00".
func Change(r appraisal.Ratio) string {
	if r.Valid() && r.Round(2) > 0 {
		return "+" + Score(r)
	}
	return Score(r)
}

func decimal(r appraisal.Ratio, places int) string {
	if !r.Valid() {
		return None
	}
	n := r.Round(places)
	sign := ""
	if n < 0 {
		sign, n = "-", -n
	}
	digits := strconv.FormatInt(n, 10)
	if short := places + 1 - len(digits); short > 0 {
		digits = strings.Repeat("0", short) + digits
	}
	at := len(digits) - places
	return sign + digits[:at] + "," + digits[at:]
}

// Approx returns a value that is only ever displayed, with one decimal: "3,7".
func Approx(f float64) string {
	return strings.Replace(strconv.FormatFloat(f, 'f', 1, 64), ".", ",", 1)
}

// Percent returns num of den in whole per cent, rounded half up: "79%";
// [None] of nothing.
func Percent(num, den int) string {
	if den <= 0 {
		return None
	}
	return strconv.FormatInt(appraisal.NewRatio(100*int64(num), int64(den)).Round(0), 10) + "%"
}

// Share returns a ratio that is already in per cent: "10%", "17,6%".
func Share(r appraisal.Ratio) string {
	switch {
	case !r.Valid():
		return None
	case r.Den == 1:
		return strconv.FormatInt(r.Num, 10) + "%"
	default:
		return Score1(r) + "%"
	}
}

// Initials returns at most two letters of a name, without its titles:
// "Dr. Yulia Rahmadani, M.Pd." gives "YR".
func Initials(name string) string {
	name, _, _ = strings.Cut(name, ",")
	var words []string
	for w := range strings.FieldsSeq(name) {
		if len(w) > 2 && strings.HasSuffix(w, ".") || isTitle[strings.TrimSuffix(w, ".")] {
			continue
		}
		words = append(words, w)
	}
	switch len(words) {
	case 0:
		return ""
	case 1:
		return initial(words[0])
	default:
		return initial(words[0]) + initial(words[len(words)-1])
	}
}

var isTitle = map[string]bool{"H": true, "Hj": true, "Dr": true, "dr": true, "drg": true, "Drs": true, "Dra": true, "Ir": true, "Prof": true, "apt": true, "Ns": true}

func initial(word string) string {
	for _, r := range word {
		return strings.ToUpper(string(r))
	}
	return ""
}

// List joins words: "a", "a dan b", "a, b, dan c".
func List(words ...string) string { return join("dan", words) }

// Either joins words that exclude each other: "a", "a atau b", "a, b, atau c".
func Either(words ...string) string { return join("atau", words) }

func join(last string, words []string) string {
	n := len(words)
	switch n {
	case 0:
		return ""
	case 1:
		return words[0]
	case 2:
		return words[0] + " " + last + " " + words[1]
	default:
		return strings.Join(words[:n-1], ", ") + ", " + last + " " + words[n-1]
	}
}
