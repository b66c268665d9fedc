package ai.recruit.candidate;

/**
 * What whoever reads a candidate may do with them.
 *
 * @param own whether the candidate is one of their own, or they administer all; only then may the profile be changed
 * @param contact whether they see how the person can be reached; the fields are empty otherwise
 * @param download whether they may have the files
 * @param submit whether they may match the person with jobs
 */
public record Access(boolean own, boolean contact, boolean download, boolean submit) {

    /** Everything. */
    public static final Access OWN = new Access(true, true, true, true);
}
