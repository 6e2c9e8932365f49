package response

// extensions are the file name extensions of the media types that APIs return, without a dot.
// The values are those of the package mime-types, which the SDK asks; "audio/mpeg" is "mpga"
// there.
func extensions() map[string]string {
	return map[string]string{
		"application/atom+xml": "atom", "application/epub+zip": "epub", "application/geo+json": "geojson",
		"application/gzip": "gz", "application/java-archive": "jar", "application/javascript": "js",
		"application/json": "json", "application/json5": "json5", "application/ld+json": "jsonld",
		"application/manifest+json": "webmanifest", "application/msword": "doc",
		"application/octet-stream": "bin", "application/ogg": "ogx", "application/pdf": "pdf",
		"application/rss+xml": "rss", "application/rtf": "rtf", "application/vnd.ms-excel": "xls",
		"application/vnd.ms-powerpoint": "ppt", "application/wasm": "wasm",
		"application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
		"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet":         "xlsx",
		"application/vnd.openxmlformats-officedocument.wordprocessingml.document":   "docx",
		"application/x-7z-compressed":                                               "7z", "application/x-sh": "sh", "application/x-tar": "tar",
		"application/x-x509-ca-cert": "der", "application/xhtml+xml": "xhtml", "application/xml": "xml",
		"application/zip": "zip", "audio/mpeg": "mpga", "audio/ogg": "oga", "audio/wav": "wav",
		"font/woff": "woff", "font/woff2": "woff2", "image/bmp": "bmp", "image/gif": "gif",
		"image/jpeg": "jpeg", "image/png": "png", "image/svg+xml": "svg", "image/tiff": "tif",
		"image/vnd.microsoft.icon": "ico", "image/webp": "webp", "image/x-icon": "ico",
		"message/rfc822": "eml", "text/calendar": "ics", "text/css": "css", "text/csv": "csv",
		"text/html": "html", "text/markdown": "markdown", "text/plain": "txt", "text/vcard": "vcard",
		"text/xml": "xml", "text/yaml": "yaml", "video/mp4": "mp4", "video/quicktime": "qt",
		"video/webm": "webm",
	}
}
