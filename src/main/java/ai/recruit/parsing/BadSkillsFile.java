package ai.recruit.parsing;

/** A table of an operator's own skills cannot be used. Its message says where and why. */
public final class BadSkillsFile extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * @param line of the file, from 1
     * @param column its name, or what else is meant
     * @param wrong what is wrong there
     */
    BadSkillsFile(long line, String column, String wrong) {
        super("line " + line + ", column " + column + ": " + wrong);
    }
}
