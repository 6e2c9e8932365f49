package event

// Kinds returns a zero event of each kind, in the order in which a run sends the first of each.
func Kinds() []Event {
	return []Event{
		RunStarted{},
		IterationStarted{},
		IterationFinished{},
		ItemStarted{},
		ItemFinished{},
		PhaseStarted{},
		ScriptStarted{},
		ScriptFinished{},
		Assertion{},
		Exception{},
		Console{},
		VariableSet{},
		VariableFlow{},
		Checkpoint{},
		RequestSent{},
		ResponseReceived{},
		RequestFailed{},
		TornDown{},
		Notice{},
		Coverage{},
		Threshold{},
		RunFinished{},
	}
}
