package gallery

import (
	"time"

	"rancak/internal/appraisal"
	"rancak/internal/scoring"
	"rancak/web/page"
	"rancak/web/path"
)

// hrStates are the pages of supervisors, of those who run the appraisal, and
// the results.
func hrStates() []State {
	var all []State
	for _, states := range [][]State{
		teamStates(), evaluationStates(), resultStates(), cycleStates(), runStates(), dinasListStates(), dinasStates(),
	} {
		all = append(all, states...)
	}
	return all
}

// sampleMembers are people of a team in all states.
func sampleMembers(stage appraisal.Stage) []appraisal.Member {
	names := []struct{ name, position string }{
		{"Rina Marlina, S.Kom.", "Pranata Komputer Ahli Muda"},
		{"Budi Santoso, A.Md.", "Pranata Komputer Terampil"},
		{"Deni Kurniawan", "Pengelola Layanan Operasional"},
		{longer.Name, longer.Position},
		{"Nurul Hidayati, S.T.", "Pranata Komputer Ahli Pertama"},
		{"Yelni Fitri, S.Kom.", "Pranata Komputer Ahli Pertama"},
		{"Arif Rahman, S.E.", "Penelaah Teknis Kebijakan"},
		{"Sri Wahyuni", "Pengadministrasi Perkantoran"},
		{"Fadli Ramadhan, A.Md.Kom.", "Pranata Komputer Terampil"},
		{"Mega Putri Andini, S.I.Kom.", "Pranata Hubungan Masyarakat Ahli Pertama"},
		{"Zulkifli", "Operator Layanan Operasional"},
	}
	var list []appraisal.Member
	for i, n := range names {
		id := appraisal.EmployeeID(i + 1)
		m := appraisal.Member{
			Participant: person(id, n.name, n.position),
			Own:         appraisal.Task{Review: appraisal.ReviewID(100 + i), Kind: appraisal.KindSupervisor, Ratee: id, State: appraisal.ReviewDraft, Items: 21},
			Completion:  appraisal.Completion{Invited: [4]int{1, 1, 5, 0}, Sent: [4]int{i % 2, 0, i % 6, 0}},
		}
		if i%3 == 0 {
			m.Own.State, m.Own.Answered, m.Completion.Sent[1] = appraisal.ReviewSubmitted, 21, 1
		} else {
			m.Own.Answered = (i % 3) * 4
		}
		if i == 3 {
			m.Completion.Invited[3], m.Completion.Sent[3] = 6, 4
		}
		if stage != appraisal.StageFilling {
			m.Own.State, m.Own.Answered = appraisal.ReviewSubmitted, 21
			m.Completion.Sent = m.Completion.Invited
			m.Evaluation = appraisal.EvaluationStates[i%3]
			if stage == appraisal.StagePublished || i < 3 {
				m.Evaluation = appraisal.EvaluationFinal
			}
			if m.Evaluation == appraisal.EvaluationFinal {
				m.Predikat = []appraisal.Predikat{
					appraisal.PredikatBaik, appraisal.PredikatSangatBaik, appraisal.PredikatBaik, appraisal.PredikatBaik, appraisal.PredikatButuhPerbaikan,
				}[i%5]
			}
		}
		list = append(list, m)
	}
	return list
}

func teamView(stage appraisal.Stage) page.TeamView {
	v := page.TeamView{
		Cycle: sampleCycle(stage), Rules: hrRules(), Members: sampleMembers(stage),
		Org: appraisal.OrgBaik, OrgYear: 2026, Distribution: appraisal.Distribution{}, Now: sampleNow,
	}
	for _, m := range v.Members {
		if m.Predikat != "" {
			v.Distribution[m.Predikat]++
		}
	}
	if v.Distribution.Total() >= v.Rules.MinDistributionGroup {
		v.Unmet = v.Rules.Patterns[v.Org].Check(v.Distribution)
	}
	return v
}

func teamStates() []State {
	c := supervisorChrome()
	small := teamView(appraisal.StageEvaluation)
	small.Members, small.Org, small.Distribution = small.Members[:3], "", spread(1, 2)
	unmet := teamView(appraisal.StagePublished)
	unmet.Distribution, unmet.OrgYear = spread(1, 10), 2025
	unmet.Unmet = unmet.Rules.Patterns[unmet.Org].Check(unmet.Distribution)
	early := teamView(appraisal.StageEvaluation)
	early.Distribution = appraisal.Distribution{}
	return []State{
		{"tim-persiapan", page.Team(c, teamView(appraisal.StagePreparation))},
		{"tim-pengisian", page.Team(c, teamView(appraisal.StageFilling))},
		{"tim-evaluasi", page.Team(c, teamView(appraisal.StageEvaluation))},
		{"tim-evaluasi-awal", page.Team(c, early)},
		{"tim-terbit", page.Team(c, teamView(appraisal.StagePublished))},
		{"tim-pola-berbeda", page.Team(c, unmet)},
		{"tim-kecil", page.Team(c, small)},
		{"tim-kosong", page.Team(c, page.TeamView{Cycle: sampleCycle(appraisal.StageFilling), Now: sampleNow})},
	}
}

// completeForms are the forms of a person whom all groups rated.
func completeForms() [][]scoring.Form {
	return [][]scoring.Form{
		peersOf(appraisal.KindSelf, "5544555"), peersOf(appraisal.KindSupervisor, "5443445"),
		peersOf(appraisal.KindPeer, "5443435", "5542434", "4443534", "5434445", "44424-5"),
	}
}

// evaluationView is an evaluation of a person whom all groups rated.
func evaluationView(state appraisal.EvaluationState) page.EvaluationView {
	x, e := computed(false, completeForms()...)
	x.Cycle, x.Comments = sampleCycle(appraisal.StageEvaluation), sampleComments()
	v := page.EvaluationView{
		Cycle: x.Cycle, Person: rina, Explained: x, Explanation: e, Now: sampleNow,
		Advice: appraisal.Advice{Run: 7, Behaviour: x.Result.Proposal}, Next: 4, Done: 5, Total: 11,
		Evaluation: appraisal.Evaluation{CycleID: 3, EmployeeID: 1, Evaluator: 2, State: appraisal.EvaluationOpen},
	}
	switch state {
	case appraisal.EvaluationFinal:
		v.Evaluation = finalEvaluation(appraisal.LevelAbove, appraisal.LevelMeets)
	case appraisal.EvaluationEntered:
		v.Evaluation.State, v.Evaluation.Version, v.Evaluation.EnteredAt = state, 1, sampleNow
		v.Evaluation.OwnWork, v.Evaluation.OwnBehaviour = appraisal.LevelMeets, appraisal.LevelMeets
	case appraisal.EvaluationOpen:
	}
	return v
}

func evaluationStates() []State {
	c := supervisorChrome()
	openBad := evaluationView(appraisal.EvaluationOpen)
	openBad.Typed = &appraisal.Decision{Work: appraisal.LevelMeets}
	openBad.Faults = []appraisal.Fault{{Field: page.FieldBehaviour, Code: appraisal.CodeLevel}}
	noRun := evaluationView(appraisal.EvaluationEntered)
	noRun.Advice, noRun.Explained, noRun.Explanation = appraisal.Advice{}, scoring.Explained{}, scoring.Explanation{}
	bad := evaluationView(appraisal.EvaluationEntered)
	bad.Typed = &appraisal.Decision{Work: appraisal.LevelAbove, Behaviour: appraisal.LevelMeets, Recommendation: "Pertahankan layanan loket."}
	bad.Faults = []appraisal.Fault{{Field: page.FieldBehaviourReason, Code: appraisal.CodeReasonNeeded}}
	head := evaluationView(appraisal.EvaluationEntered)
	head.Person, head.Org, head.OrgYear, head.Advice.Work = longer, appraisal.OrgIstimewa, 2025, appraisal.LevelAbove
	few := evaluationView(appraisal.EvaluationEntered)
	few.Explained, few.Explanation = computed(false, peersOf(appraisal.KindSelf, "4444444"), peersOf(appraisal.KindSupervisor, "3333333"), peersOf(appraisal.KindPeer, "5555555", "4444444"))
	few.Advice.Behaviour = few.Explained.Result.Proposal
	noIndex := evaluationView(appraisal.EvaluationEntered)
	noIndex.Explained, noIndex.Explanation = computed(false, completeForms()[0], completeForms()[2])
	noIndex.Advice.Behaviour = ""
	early := evaluationView(appraisal.EvaluationOpen)
	early.Cycle.Stage = appraisal.StageFilling
	missed := evaluationView(appraisal.EvaluationOpen)
	missed.Cycle = sampleCycle(appraisal.StagePublished)
	last := evaluationView(appraisal.EvaluationFinal)
	last.Next, last.Done = 0, 11
	after := evaluationView(appraisal.EvaluationFinal)
	after.Cycle = sampleCycle(appraisal.StagePublished)
	crossed := evaluationView(appraisal.EvaluationFinal)
	crossed.Err = appraisal.ErrConflict
	crossed.Typed = &appraisal.Decision{Work: appraisal.LevelMeets, Behaviour: appraisal.LevelMeets, BehaviourReason: "Layanan loket tetap berjalan selama gempa.\nItu layak dihargai."}
	return []State{
		{"evaluasi-bersilang", page.Evaluation(c, crossed)},
		{"evaluasi-awal", page.Evaluation(c, evaluationView(appraisal.EvaluationOpen))},
		{"evaluasi-awal-kurang", page.Evaluation(c, openBad)},
		{"evaluasi-keputusan", page.Evaluation(c, evaluationView(appraisal.EvaluationEntered))},
		{"evaluasi-keputusan-kurang", page.Evaluation(c, bad)},
		{"evaluasi-kepala-unit", page.Evaluation(c, head)},
		{"evaluasi-sedikit-rekan", page.Evaluation(c, few)},
		{"evaluasi-tanpa-indeks", page.Evaluation(c, noIndex)},
		{"evaluasi-belum-dihitung", page.Evaluation(c, noRun)},
		{"evaluasi-ditetapkan", page.Evaluation(c, evaluationView(appraisal.EvaluationFinal))},
		{"evaluasi-ditetapkan-terakhir", page.Evaluation(c, last)},
		{"evaluasi-terbit", page.Evaluation(c, after)},
		{"evaluasi-belum-dibuka", page.Evaluation(c, early)},
		{"evaluasi-tidak-ditetapkan", page.Evaluation(c, missed)},
	}
}

func resultStates() []State {
	c := hrChrome(rina.Name, rina.Position, "RM", path.Results)
	view := func(leads bool, forms ...[]scoring.Form) page.ResultView {
		x, e := computed(leads, forms...)
		return page.ResultView{Explained: x, Explanation: e}
	}
	full := view(false, completeForms()...)
	full.Explained.Comments = sampleComments()
	few := view(false, peersOf(appraisal.KindSelf, "5555555"), peersOf(appraisal.KindSupervisor, "4544354"), peersOf(appraisal.KindPeer, "3131313", "4424242"))
	few.Explained.Comments = sampleComments()[1:3]
	merged := view(true, peersOf(appraisal.KindSelf, "3333333"), peersOf(appraisal.KindSupervisor, "4544354"),
		peersOf(appraisal.KindPeer, "5555455", "4445444"), peersOf(appraisal.KindSubordinate, "4454444"))
	merged.Explained.Participant = longer
	even := view(false, peersOf(appraisal.KindSelf, "4444444"), peersOf(appraisal.KindSupervisor, "4444444"), peersOf(appraisal.KindPeer, "4444444", "4444444", "4444444"))
	low := view(false, peersOf(appraisal.KindSelf, "4444434"), peersOf(appraisal.KindSupervisor, "3222132"), peersOf(appraisal.KindPeer, "3223232", "2322322", "3322132"))
	low.Explained.Evaluation = finalEvaluation(appraisal.LevelBelow, appraisal.LevelBelow)
	low.Explained.Evaluation.BehaviourReason, low.Explained.Evaluation.Proposal = "", appraisal.LevelBelow
	improve := full
	improve.Explained.Evaluation = finalEvaluation(appraisal.LevelBelow, appraisal.LevelMeets)
	orphan := view(false, completeForms()[0], completeForms()[2])
	orphan.Explained.Evaluation, orphan.Explained.EvaluatorName = appraisal.Evaluation{State: appraisal.EvaluationOpen}, ""
	bare := page.ResultView{Explained: full.Explained}
	bare.Explained.Run, bare.Explained.Result, bare.Explained.Comments = appraisal.Run{}, scoring.Result{}, nil
	boss, hr := full, full
	boss.Viewer, hr.Viewer = page.ViewerSupervisor, page.ViewerHR
	years := []appraisal.YearResult{
		{Year: 2025, PublishedAt: time.Date(2025, time.December, 20, 3, 0, 0, 0, time.UTC), Predikat: appraisal.PredikatBaik},
		{Year: 2024, PublishedAt: time.Date(2024, time.December, 21, 3, 0, 0, 0, time.UTC), Predikat: appraisal.PredikatSangatBaik},
		{Year: 2023, PublishedAt: time.Date(2023, time.December, 21, 3, 0, 0, 0, time.UTC)},
	}
	return []State{
		{"hasil", page.Results(c, page.ResultsView{Years: years, Current: sampleCycle(appraisal.StageFilling)})},
		{"hasil-belum-terbit", page.Results(c, page.ResultsView{Current: sampleCycle(appraisal.StageEvaluation)})},
		{"hasil-kosong", page.Results(c, page.ResultsView{})},
		{"hasil-lengkap", page.Result(c, full)},
		{"hasil-sedikit-rekan", page.Result(c, few)},
		{"hasil-digabung", page.Result(c, merged)},
		{"hasil-seimbang", page.Result(c, even)},
		{"hasil-sangat-kurang", page.Result(c, low)},
		{"hasil-butuh-perbaikan", page.Result(c, improve)},
		{"hasil-tanpa-atasan", page.Result(c, orphan)},
		{"hasil-tanpa-penghitungan", page.Result(c, bare)},
		{"hasil-dibaca-atasan", page.Result(supervisorChrome(), boss)},
		{"hasil-dibaca-bkpsdm", page.Result(cityChrome(path.DinasList), hr)},
	}
}
