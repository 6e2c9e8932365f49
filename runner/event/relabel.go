package event

// Labels says how an event is to be relabelled: each function gets a part of the event and returns what stands in its
// place. A nil function leaves its part as it is.
type Labels struct {
	Step   func(Step) Step
	Item   func(Item) Item
	Script func(Script) Script
	// Collection changes the collection's index of the events that enclose an iteration. Those of a step carry it in
	// their Step.
	Collection func(int) int
}

// WithStep returns e as an event of another step. An event that belongs to no step stays as it is.
func WithStep(e Event, s Step) Event {
	return e.Relabelled(Labels{Step: func(Step) Step { return s }})
}

func (l Labels) step(s Step) Step {
	if l.Step == nil {
		return s
	}
	return l.Step(s)
}

func (l Labels) item(i Item) Item {
	if l.Item == nil {
		return i
	}
	return l.Item(i)
}

func (l Labels) script(s Script) Script {
	if l.Script == nil {
		return s
	}
	return l.Script(s)
}

func (l Labels) collection(n int) int {
	if l.Collection == nil {
		return n
	}
	return l.Collection(n)
}

// Events of the run belong to no step; the others name theirs.
func (RunStarted) InStep() Step         { return Step{} }
func (IterationStarted) InStep() Step   { return Step{} }
func (IterationFinished) InStep() Step  { return Step{} }
func (Threshold) InStep() Step          { return Step{} }
func (RunFinished) InStep() Step        { return Step{} }
func (e ItemStarted) InStep() Step      { return e.Step }
func (e ItemFinished) InStep() Step     { return e.Step }
func (e PhaseStarted) InStep() Step     { return e.Step }
func (e ScriptStarted) InStep() Step    { return e.Step }
func (e ScriptFinished) InStep() Step   { return e.Step }
func (e Assertion) InStep() Step        { return e.Step }
func (e Exception) InStep() Step        { return e.Step }
func (e Console) InStep() Step          { return e.Step }
func (e VariableSet) InStep() Step      { return e.Step }
func (e VariableFlow) InStep() Step     { return e.Step }
func (e RequestSent) InStep() Step      { return e.Step }
func (e ResponseReceived) InStep() Step { return e.Step }
func (e RequestFailed) InStep() Step    { return e.Step }
func (e Checkpoint) InStep() Step       { return e.Step }
func (TornDown) InStep() Step           { return Step{} }
func (e Notice) InStep() Step           { return e.Step }

// Relabelled changes nothing: the event has no label.
func (e RunStarted) Relabelled(Labels) Event { return e }

// Relabelled changes nothing: the event has no label.
func (e Threshold) Relabelled(Labels) Event { return e }

// Relabelled changes nothing: the event has no label.
func (e RunFinished) Relabelled(Labels) Event { return e }

// Relabelled changes the collection.
func (e IterationStarted) Relabelled(l Labels) Event {
	e.Collection = l.collection(e.Collection)
	return e
}

// Relabelled changes the collection.
func (e IterationFinished) Relabelled(l Labels) Event {
	e.Collection = l.collection(e.Collection)
	return e
}

// Relabelled changes step and item.
func (e ItemStarted) Relabelled(l Labels) Event {
	e.Step, e.Item = l.step(e.Step), l.item(e.Item)
	return e
}

// Relabelled changes step and item.
func (e ItemFinished) Relabelled(l Labels) Event {
	e.Step, e.Item = l.step(e.Step), l.item(e.Item)
	return e
}

// Relabelled changes the step.
func (e PhaseStarted) Relabelled(l Labels) Event {
	e.Step = l.step(e.Step)
	return e
}

// Relabelled changes step and script.
func (e ScriptStarted) Relabelled(l Labels) Event {
	e.Step, e.Script = l.step(e.Step), l.script(e.Script)
	return e
}

// Relabelled changes step and script.
func (e ScriptFinished) Relabelled(l Labels) Event {
	e.Step, e.Script = l.step(e.Step), l.script(e.Script)
	return e
}

// Relabelled changes step, script and item.
func (e Assertion) Relabelled(l Labels) Event {
	e.Step, e.Script, e.Item = l.step(e.Step), l.script(e.Script), l.item(e.Item)
	return e
}

// Relabelled changes step and script.
func (e Exception) Relabelled(l Labels) Event {
	e.Step, e.Script = l.step(e.Step), l.script(e.Script)
	return e
}

// Relabelled changes step and script.
func (e Console) Relabelled(l Labels) Event {
	e.Step, e.Script = l.step(e.Step), l.script(e.Script)
	return e
}

// Relabelled changes step and script.
func (e VariableSet) Relabelled(l Labels) Event {
	e.Step, e.Script = l.step(e.Step), l.script(e.Script)
	return e
}

// Relabelled changes the step.
func (e VariableFlow) Relabelled(l Labels) Event {
	e.Step = l.step(e.Step)
	return e
}

// Relabelled changes the step.
func (e RequestSent) Relabelled(l Labels) Event {
	e.Step = l.step(e.Step)
	return e
}

// Relabelled changes the step.
func (e Checkpoint) Relabelled(l Labels) Event {
	e.Step = l.step(e.Step)
	return e
}

// Relabelled changes the collection.
func (e TornDown) Relabelled(l Labels) Event {
	e.Collection = l.collection(e.Collection)
	return e
}

// Relabelled changes step and item.
func (e ResponseReceived) Relabelled(l Labels) Event {
	e.Step, e.Item = l.step(e.Step), l.item(e.Item)
	return e
}

// Relabelled changes step and item.
func (e RequestFailed) Relabelled(l Labels) Event {
	e.Step, e.Item = l.step(e.Step), l.item(e.Item)
	return e
}

// Relabelled changes the step, where the notice has one.
func (e Notice) Relabelled(l Labels) Event {
	if e.Step.ID != "" {
		e.Step = l.step(e.Step)
	}
	return e
}
