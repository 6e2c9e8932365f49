package transport

func typeByName(name string) string { return "application/octet-stream" }
