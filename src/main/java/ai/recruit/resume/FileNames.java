package ai.recruit.resume;

/** Names of files as clients send them: shown and offered at download, never used as paths. */
final class FileNames {

    private static final int LONGEST = 200;
    private static final String UNNAMED = "resume";

    private FileNames() {}

    /** The last segment of a path, without control characters and of bounded length. */
    static String plain(String given) {
        String name = given.substring(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1);
        StringBuilder plain = new StringBuilder(name.length());
        name.codePoints()
                .filter(c -> !Character.isISOControl(c)
                        && Character.getType(c) != Character.FORMAT
                        && Character.getType(c) != Character.SURROGATE)
                .forEach(plain::appendCodePoint);
        String text = plain.toString().strip();
        if (text.length() > LONGEST) {
            int dot = text.lastIndexOf('.');
            String extension = dot > 0 && text.length() - dot <= 10 ? text.substring(dot) : "";
            int cut = LONGEST - extension.length();
            if (Character.isHighSurrogate(text.charAt(cut - 1))) {
                cut--;
            }
            text = text.substring(0, cut) + extension;
        }
        return text.isEmpty() || text.equals(".") || text.equals("..") ? UNNAMED : text;
    }
}
