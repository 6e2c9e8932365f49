package engine

const assertionGuard = "%assertion"

const (
	baseGuard   = "%base"
	powerGuard  = "%power"
	sourceGuard = "%source"
	evalGuard   = "%eval"
	lengthGuard = "%length"
	spreadGuard = "%spread"
	depthGuard  = "%depth"
	walkGuard   = "%walk"
	textGuard   = "%text"
	directEval  = "eval" // the name stands as it is: the engine knows a direct call by it
)

// kernelGuard is what functions that a kernel may stand for go through as they are assigned: a property of the global
// object, under a letter of no width that nobody writes, like stackGuardInText.
const kernelGuard = "\u1160"

const (
	readGuard = "%read"
	setGuard  = "%set"
)

// regexpGuard is the name under which scripts reach watch.
const regexpGuard = "%regexp"

const stackGuard = "%stack"

// stackGuardInText is the guard's name in text that is given to eval and Function, where it is a property of the global object:
// a letter of no width that nobody writes.
const stackGuardInText = "\u115f"

// What destructuring and for…of take apart goes through guards that say what is wrong as V8 does, and where: the
// engine gives no place, and does not tell null from undefined.
const (
	iterableGuard = "%iterable"
	patternGuard  = "%pattern"
)
