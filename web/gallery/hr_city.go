package gallery

import (
	"time"

	"rancak/internal/appraisal"
	"rancak/internal/scoring"
	"rancak/web/page"
	"rancak/web/path"
)

func sampleProgress(evaluating bool) []appraisal.DinasProgress {
	people := []int{212, 1204, 738, 64, 51, 38, 122, 77}
	var list []appraisal.DinasProgress
	for i, n := range people {
		p := appraisal.DinasProgress{
			Dinas: appraisal.Unit{ID: appraisal.UnitID(10 + i), Name: dinasNames[i], Kind: appraisal.UnitDinas}, People: n,
			Completion: appraisal.Completion{
				Invited: [4]int{n, n, 5 * n, n / 2},
				Sent:    [4]int{n * (70 + 3*i) / 100, n * (64 + 5*i) / 100, 5 * n * (58 + 4*i) / 100, n / 3},
			},
		}
		if evaluating {
			p.Completion.Sent[0], p.Completion.Sent[1] = n, n
			p.Evaluated = n * (20 + 11*i) / 100
		}
		list = append(list, p)
	}
	return list
}

func cycleView(stage appraisal.Stage) page.CycleView {
	v := page.CycleView{
		Cycle: sampleCycle(stage), Dinas: sampleProgress(stage == appraisal.StageEvaluation || stage == appraisal.StagePublished),
		CanRun: true, WholeCity: true, Now: sampleNow,
	}
	v.Cycle.Version = 3
	return v
}

func cycleStates() []State {
	c := cityChrome(path.Cycles)
	run := completeRun()
	again := run
	again.ID, again.RequestedAt = 8, run.RequestedAt.AddDate(0, 0, 2)
	failed := run
	failed.ID, failed.State, failed.Done, failed.OutputDigest = 6, appraisal.RunFailed, 1200, nil
	cancelled := failed
	cancelled.ID, cancelled.State = 5, appraisal.RunCancelled
	scored := cycleView(appraisal.StageEvaluation)
	scored.Runs = []appraisal.Run{again, run, failed, cancelled}
	stale := scored
	stale.Cycle.Version = 5
	active := cycleView(appraisal.StageEvaluation)
	working := run
	working.State, working.Done, working.OutputDigest = appraisal.RunWorking, 1700, nil
	active.Runs = []appraisal.Run{working}
	ready := cycleView(appraisal.StageEvaluation)
	ready.Runs = []appraisal.Run{run}
	for i := range ready.Dinas {
		ready.Dinas[i].Evaluated, ready.Dinas[i].Completion.Sent = ready.Dinas[i].People, ready.Dinas[i].Completion.Invited
	}
	published := cycleView(appraisal.StagePublished)
	published.Runs = []appraisal.Run{run}
	sorted, most := cycleView(appraisal.StageFilling), cycleView(appraisal.StageFilling)
	sorted.Sort, most.Sort = page.CycleByMissing, page.CycleByComplete
	auditor := scored
	auditor.CanRun = false
	dinas := cycleView(appraisal.StageFilling)
	dinas.CanRun, dinas.WholeCity, dinas.Dinas = false, false, dinas.Dinas[4:5]
	empty := cycleView(appraisal.StagePreparation)
	empty.Dinas = nil
	past := sampleCycle(appraisal.StagePublished)
	past.ID, past.Year, past.FormsDue, past.EvaluationDue, past.PublishedAt = 2, 2025, past.FormsDue.AddDate(-1, 0, 0), past.EvaluationDue.AddDate(-1, 0, 0), past.PublishedAt.AddDate(-1, 0, 0)
	return []State{
		{"periode", page.Cycles(c, page.CyclesView{Cycles: []appraisal.Cycle{sampleCycle(appraisal.StageFilling), past}})},
		{"periode-kosong", page.Cycles(c, page.CyclesView{})},
		{"periode-persiapan", page.Cycle(c, cycleView(appraisal.StagePreparation))},
		{"periode-persiapan-kosong", page.Cycle(c, empty)},
		{"periode-pengisian", page.Cycle(c, cycleView(appraisal.StageFilling))},
		{"periode-urut-belum", page.Cycle(c, sorted)},
		{"periode-urut-lengkap", page.Cycle(c, most)},
		{"periode-evaluasi", page.Cycle(c, cycleView(appraisal.StageEvaluation))},
		{"periode-menghitung", page.Cycle(c, active)},
		{"periode-dihitung", page.Cycle(c, scored)},
		{"periode-usang", page.Cycle(c, stale)},
		{"periode-siap-terbit", page.Cycle(c, ready)},
		{"periode-terbit", page.Cycle(c, published)},
		{"periode-inspektorat", page.Cycle(c, auditor)},
		{"periode-satu-dinas", page.Cycle(c, dinas)},
	}
}

func runStates() []State {
	c := cityChrome(path.Cycles)
	cycle := cycleView(appraisal.StageEvaluation).Cycle
	view := func(state appraisal.RunState, done int) page.RunView {
		r := completeRun()
		r.State, r.Done = state, done
		if state != appraisal.RunComplete {
			r.InputDigest, r.OutputDigest, r.FinishedAt = nil, nil, time.Time{}
		}
		return page.RunView{Cycle: cycle, Run: r, CanRun: true, People: 3482, Evaluated: 1204, Now: r.StartedAt.Add(95 * time.Second)}
	}
	queued := view(appraisal.RunQueued, 0)
	queued.Run.StartedAt, queued.Run.Total = time.Time{}, 0
	failed := view(appraisal.RunFailed, 1200)
	failed.Run.Failure = "reading forms of cycle 3: connection reset by peer"
	same := view(appraisal.RunComplete, 3482)
	same.Before = completeRun()
	same.Run.ID = 8
	stale := view(appraisal.RunComplete, 3482)
	stale.Cycle.Version = 5
	published := view(appraisal.RunComplete, 3482)
	published.Cycle = sampleCycle(appraisal.StagePublished)
	reader := view(appraisal.RunWorking, 1700)
	reader.CanRun = false
	return []State{
		{"penghitungan-menunggu", page.Run(c, queued)},
		{"penghitungan-berjalan", page.Run(c, view(appraisal.RunWorking, 1700))},
		{"penghitungan-berjalan-dibaca", page.Run(c, reader)},
		{"penghitungan-dihentikan", page.Run(c, view(appraisal.RunCancelled, 1700))},
		{"penghitungan-terhenti", page.Run(c, failed)},
		{"penghitungan-selesai", page.Run(c, view(appraisal.RunComplete, 3482))},
		{"penghitungan-sama", page.Run(c, same)},
		{"penghitungan-usang", page.Run(c, stale)},
		{"penghitungan-terbit", page.Run(c, published)},
	}
}

// sampleUnits are dinas of a year, one of them too small to be shown.
func sampleUnits(year int) []scoring.UnitYear {
	small := unitYear(year, 15, dinasNames[5], 4, 0, appraisal.OrgBaik, nil)
	small.MeansHidden, small.DistributionHidden = true, true
	small.Result.Index, small.Result.Behaviours = scoring.UnitMean{}, make([]scoring.UnitMean, 7)
	partly := unitYear(year, 17, dinasNames[7], 8, 388, appraisal.OrgIstimewa, nil)
	partly.DistributionHidden = true
	last := unitYear(year, 13, dinasNames[3], 64, 384, appraisal.OrgBaik, spread(8, 50, 4, 1, 1))
	last.OrgYear = year - 1
	return []scoring.UnitYear{
		unitYear(year, 10, dinasNames[0], 212, 391, appraisal.OrgBaik, spread(40, 148, 20, 3, 1)),
		unitYear(year, 11, dinasNames[1], 1204, 402, appraisal.OrgIstimewa, spread(590, 560, 48, 6)),
		unitYear(year, 12, dinasNames[2], 738, 377, appraisal.OrgBaik, spread(101, 560, 70, 7)),
		last,
		unitYear(year, 14, dinasNames[4], 51, 359, "", spread(5, 46)),
		small,
		unitYear(year, 16, dinasNames[6], 122, 346, appraisal.OrgKurang, spread(2, 80, 38, 2)),
		partly,
	}
}

func dinasListStates() []State {
	c := cityChrome(path.DinasList)
	c.Wide = true
	v := page.DinasListView{
		Year: 2026, Years: []int{2026, 2025, 2024}, City: mean("3893/1000", 2403, 268), Dinas: sampleUnits(2026), Rules: hrRules(),
	}
	one := v
	one.Dinas, one.City = v.Dinas[3:4], scoring.UnitMean{}
	waiting := v
	waiting.City = scoring.UnitMean{}
	waiting.Dinas = nil
	for _, u := range sampleUnits(2026)[:3] {
		u.Run, u.Distribution, u.Unmet = 0, nil, nil
		u.Result.Index, u.Result.Behaviours = scoring.UnitMean{}, make([]scoring.UnitMean, 7)
		waiting.Dinas = append(waiting.Dinas, u)
	}
	return []State{
		{"hasil-dinas", page.DinasList(c, v)},
		{"hasil-dinas-satu", page.DinasList(c, one)},
		{"hasil-dinas-belum-dihitung", page.DinasList(c, waiting)},
		{"hasil-dinas-kosong", page.DinasList(c, page.DinasListView{Year: 2026, Years: []int{2026}, Rules: hrRules()})},
	}
}

func dinasStates() []State {
	c := cityChrome(path.DinasList)
	now := sampleUnits(2026)
	report := func(years ...scoring.UnitYear) scoring.UnitReport {
		return scoring.UnitReport{Years: years, Instrument: sampleInstrument(), Rules: hrRules()}
	}
	var units []scoring.UnitYear
	for i, name := range []string{"Sekretariat", "Bidang Kesehatan Masyarakat", "Puskesmas Guguk Panjang", "Puskesmas Tigo Baleh"} {
		units = append(units, unitYear(2026, appraisal.UnitID(100+i), name, 20+30*i, 371+int64(6*i), "", spread(3, 14+20*i, 3)))
	}
	units[0].MeansHidden, units[0].DistributionHidden = true, true
	old := unitYear(2024, 30, "Dinas Komunikasi, Informatika, Statistik dan Persandian", 58, 371, appraisal.OrgButuhPerbaikan, spread(3, 40, 15))
	moved := report(now[3], unitYear(2025, 13, dinasNames[3], 61, 379, appraisal.OrgBaik, spread(9, 45, 7)), old)
	moved.Predecessors = []appraisal.Unit{old.Unit}
	gap := report(now[2], now[5], unitYear(2024, 12, dinasNames[2], 712, 368, appraisal.OrgBaik, spread(90, 550, 72)))
	gap.Years[1].Year, gap.Years[1].Unit = 2025, now[2].Unit
	unpublished := now[0]
	unpublished.Stage, unpublished.Distribution, unpublished.Unmet = appraisal.StageEvaluation, spread(3, 5), nil
	waiting := now[0]
	waiting.Stage, waiting.Run, waiting.Distribution, waiting.Unmet = appraisal.StageEvaluation, 0, nil, nil
	waiting.Result.Index, waiting.Result.Behaviours = scoring.UnitMean{}, make([]scoring.UnitMean, 7)
	return []State{
		{"dinas", page.Dinas(c, page.DinasView{Year: 2026, Report: gap, Units: units})},
		{"dinas-asal", page.Dinas(c, page.DinasView{Year: 2026, Report: moved})},
		{"dinas-nama-panjang", page.Dinas(c, page.DinasView{Year: 2026, Report: report(now[4])})},
		{"dinas-pola-berbeda", page.Dinas(c, page.DinasView{Year: 2026, Report: report(now[6], unitYear(2025, 16, dinasNames[6], 120, 351, appraisal.OrgBaik, spread(9, 90, 20)))})},
		{"dinas-disembunyikan", page.Dinas(c, page.DinasView{Year: 2026, Report: report(now[5])})},
		{"dinas-sebagian-disembunyikan", page.Dinas(c, page.DinasView{Year: 2026, Report: report(now[7])})},
		{"dinas-evaluasi", page.Dinas(c, page.DinasView{Year: 2026, Report: report(unpublished)})},
		{"dinas-belum-dihitung", page.Dinas(c, page.DinasView{Year: 2026, Report: report(waiting)})},
	}
}
