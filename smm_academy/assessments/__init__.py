"""Testing people fairly: assessments, invitations, candidates, what an employer reads of them.

`views` are the employer's pages, `candidate_views` those of whoever is tested.
"""
