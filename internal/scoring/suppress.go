package scoring

// Family is a unit with the units right below it, as one table or page shows
// them: how many people have the value in question, an index or a behaviour
// for means, a predikat for distributions.
type Family struct {
	// Parent is the number of people of the whole unit. It may pass the sum of
	// the Children: who belongs to no child counts as a part that is never shown.
	Parent int
	// Hidden says that the parent's own value is hidden. Then all children are,
	// because together they would give it away.
	Hidden   bool
	Children []int
}

// Hide returns which children are hidden so that neither a group of fewer than
// minimum people is shown nor can be computed from the parent and its other
// children: what is left of the parent without the shown children is either
// nothing or holds at least minimum people, none of whose parts is known.
//
// Children below the minimum are hidden. While what is left is smaller than
// the minimum, the next smallest child joins; among equals the first. Rules of
// the minimum: Rules.MinMeanGroup and Rules.MinDistributionGroup.
func (f Family) Hide(minimum int) []bool {
	hidden := make([]bool, len(f.Children))
	left := 0 // people behind what is not shown
	for _, n := range f.Children {
		left += n
	}
	left = max(left, f.Parent)
	for i, n := range f.Children {
		hidden[i] = f.Hidden || n < minimum
		if !hidden[i] {
			left -= n
		}
	}
	for left > 0 && left < minimum && !f.Hidden {
		next := -1
		for i, n := range f.Children {
			if !hidden[i] && (next < 0 || n < f.Children[next]) {
				next = i
			}
		}
		if next < 0 {
			break // the parent itself is below the minimum: its own family hides it
		}
		hidden[next] = true
		left += f.Children[next]
	}
	return hidden
}
